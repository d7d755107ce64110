/**
 * Stands for `HeaderFormatter` of `@smithy/signature-v4`, which signs the messages of event streams: each signer makes
 * one, and none that is here uses it.
 */
export class HeaderFormatter {}
