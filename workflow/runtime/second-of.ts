/** The second that a time is in, since 1970: CloudTrail and IAM tell no less. @param time ISO 8601 */
export const secondOf = (time: string): number => Math.floor(Date.parse(time) / 1_000);
