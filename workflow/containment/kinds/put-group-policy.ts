import { inlinePolicyKind } from '../inline-policy/kind.ts';

export const putGroupPolicy = inlinePolicyKind('PutGroupPolicy', 'group');
