import { inlinePolicyKind } from '../inline-policy/kind.ts';

export const putUserPolicy = inlinePolicyKind('PutUserPolicy', 'user');
