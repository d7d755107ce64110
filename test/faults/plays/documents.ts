const policy = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

/** Grants what is restricted unless it is said otherwise; spaced oddly, so that a copy that is not byte for byte shows. */
export const RESTRICTED = `{ "Version":"2012-10-17",  "Statement": {"Effect":"Allow","Action":["s3:DeleteBucket"],"Resource":"*"} }`;
/** Another one that grants it too. */
export const WORSE = policy('s3:*');
export const HARMLESS = policy('s3:GetObject');
/** Of AWS, and grants everything. */
export const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
