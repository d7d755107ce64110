import { inlinePolicyKind } from '../inline-policy/kind.ts';

export const putRolePolicy = inlinePolicyKind('PutRolePolicy', 'role');
