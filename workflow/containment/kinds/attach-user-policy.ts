import { attachmentKind } from '../attachment/kind.ts';

export const attachUserPolicy = attachmentKind('AttachUserPolicy', 'user');
