/** Where the sandbox pretends to be. */
export const PLACE = { accountId: '123456789012', region: 'us-east-1' } as const;
