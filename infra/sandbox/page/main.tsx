import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const container = document.getElementById('page');
if (!container) throw new Error('page.html has no element with the id "page"');
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
