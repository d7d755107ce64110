import { readdirSync, readFileSync } from 'node:fs';
import * as z from '../../../../workflow/runtime/zod.ts';
import type { ManagedPolicy } from './state.ts';
import { uniqueId } from './unique-id.ts';

const FOLDER = new URL('../../../../fixtures/managed-policies/', import.meta.url);

const policyFile = z.object({
  arn: z.string().check(z.startsWith('arn:aws:iam::aws:policy/')),
  path: z.string(),
  versionId: z.string().check(z.regex(/^v[1-9]\d*$/)),
  createDate: z.iso.datetime({ offset: true }),
  updateDate: z.iso.datetime({ offset: true }),
  document: z.record(z.string(), z.unknown()),
});

type PolicyFile = z.infer<typeof policyFile>;

/** Read once in a process, which may start many sandboxes. */
let known: readonly PolicyFile[] | undefined;

/** The policies that AWS manages, as far as they are among the fixtures, by ARN. */
export function readAwsManagedPolicies(): Map<string, ManagedPolicy> {
  known ??= readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => policyFile.parse(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))));
  return new Map(known.map(toPolicy).map((policy) => [policy.arn, policy]));
}

function toPolicy({ arn, path, versionId, createDate, updateDate, document }: PolicyFile): ManagedPolicy {
  const number = Number(versionId.slice(1));
  const createdAt = new Date(createDate);
  const updatedAt = new Date(updateDate);
  return {
    name: arn.slice(arn.lastIndexOf('/') + 1),
    id: uniqueId('ANPA'),
    arn,
    path,
    awsManaged: true,
    tags: [],
    createdAt,
    updatedAt,
    versions: [{ number, document: JSON.stringify(document, null, 4), createdAt: updatedAt }],
    defaultVersion: number,
    lastVersion: number,
  };
}
