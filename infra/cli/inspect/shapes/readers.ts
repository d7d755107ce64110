import { accountReaders } from './account.ts';
import { cloudFormationReaders } from './cloudformation.ts';
import { cloudTrailReaders } from './cloudtrail.ts';
import { configReaders } from './config-items.ts';
import { documentReaders } from './documents.ts';
import { otherSchemas } from './other-schemas.ts';
import type { Reader } from './reader.ts';
import { terraformReaders } from './terraform/readers.ts';
import { lastReader, wrapperReaders } from './wrappers.ts';

/** Every shape that is known; the first one that recognises a value reads it. A new shape is one entry. */
export const readers: readonly Reader[] = [
  ...wrapperReaders,
  ...cloudTrailReaders,
  ...otherSchemas,
  ...terraformReaders,
  ...cloudFormationReaders,
  ...accountReaders,
  ...configReaders,
  ...documentReaders,
  lastReader,
];
