/** When the day before is summed up, on AWS and in the sandbox: before work begins in Europe. */
export const SUMMARY_HOUR_UTC = 7;
