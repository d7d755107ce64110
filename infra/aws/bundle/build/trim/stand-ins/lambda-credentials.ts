import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands for `@aws-sdk/credential-provider-node` in the bundles: Lambda gives a function its role's credentials in the
 * environment, so profiles, single sign-on, login and the metadata service, with the clients that they bring, are never
 * asked there.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export const defaultProvider = fromEnv;
