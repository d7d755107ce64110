/** How often what does not go on by itself is looked for, on AWS and in the sandbox. Minutes. */
export const RECONCILE_MINUTES = 5;

/**
 * How often the account is swept. An event that is lost leaves a grant in force for two readings, so for half an hour at
 * most; a sweep of 5,000 policies and 3,000 principals reads IAM for minutes, which others share. Minutes.
 */
export const SWEEP_MINUTES = 15;
