/**
 * How the AWS clients of a function are built. Empty on Lambda, where the SDK finds region and credentials by
 * itself; the sandbox hands in its endpoint and the credentials of the function's role.
 */
export interface AwsClientConfig {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}
