/** Names everything that CloudFormation names, and so what the service control policies protect. */
export const STACK_NAME = 'PolicyGuard';

/** Every role of the guard has this path, so that one pattern names them all. */
export const GUARD_PATH = '/policy-guard/';

/** Every resource of the stack that can have a tag has this one. */
export const GUARD_TAG = { key: 'policy-guard', value: 'protected' } as const;
