export interface SecretVersion {
  id: string;
  /** One of the two is set. `binary` is base64. */
  text?: string;
  binary?: string;
  createdAt: Date;
  stages: Set<string>;
}

export interface Secret {
  name: string;
  arn: string;
  description?: string;
  createdAt: Date;
  changedAt: Date;
  /** Set while the secret waits to be deleted. */
  deleteAt?: Date;
  tags: { Key: string; Value: string }[];
  /** Oldest first. */
  versions: SecretVersion[];
}

/** What Secrets Manager holds. One mutable structure. */
export interface SecretsState {
  readonly accountId: string;
  readonly region: string;
  readonly now: () => Date;
  /** By name. */
  readonly secrets: Map<string, Secret>;
}

/** How every answer begins. */
export function identify({ arn, name }: Secret): { ARN: string; Name: string } {
  return { ARN: arn, Name: name };
}
