/**
 * Stands for `@aws-sdk/middleware-endpoint-discovery` in the bundles: DynamoDB's client takes its endpoint from a table
 * unless it is told to ask for one, and nothing here tells it. The cache for the answers, with what it brings, is 8 KB.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoint-discovery.html
 */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: false,
};

export const resolveEndpointDiscoveryConfig = <Config>(config: Config): Config => config;
