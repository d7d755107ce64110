import { AwsError } from '../front-door/service.ts';

/** IAM's error codes with the HTTP statuses that its service model gives them. */
export const noSuchEntity = (message: string) => new AwsError('NoSuchEntity', message, 404);
export const alreadyExists = (message: string) => new AwsError('EntityAlreadyExists', message, 409);
export const deleteConflict = (message: string) => new AwsError('DeleteConflict', message, 409);
export const limitExceeded = (message: string) => new AwsError('LimitExceeded', message, 409);
export const malformedPolicy = (message: string) => new AwsError('MalformedPolicyDocument', message);
export const invalidInput = (message: string) => new AwsError('InvalidInput', message);
export const validationError = (message: string) => new AwsError('ValidationError', message);
export const unmodifiable = (message: string) => new AwsError('UnmodifiableEntity', message);
export const accessDenied = (message: string) => new AwsError('AccessDenied', message, 403);
