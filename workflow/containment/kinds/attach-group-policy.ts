import { attachmentKind } from '../attachment/kind.ts';

export const attachGroupPolicy = attachmentKind('AttachGroupPolicy', 'group');
