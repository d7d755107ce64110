import { attachmentKind } from '../attachment/kind.ts';

export const attachRolePolicy = attachmentKind('AttachRolePolicy', 'role');
