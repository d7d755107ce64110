import { expect, it } from 'vitest';
import { pack, unpack } from '../../../workflow/inspection/packed-document.ts';
import { fixtureEvent } from '../../support/fixture-events.ts';
import { Guard } from '../../support/guard.ts';
import { incompressible } from '../../support/incompressible.ts';
import { noise } from '../../support/noise.ts';
import { ARN, BAD, HARMLESS, HOLDER, INLINE_NAME, putEvent, versionEvent } from '../../support/ways-in.ts';

/** Step Functions' limit for the output of a state, in bytes. */
const LARGEST_STATE = 262_144;
/** The longest document that IAM's API takes, in characters. */
const LONGEST_DOCUMENT = 131_072;

it('the longest document, padded so that it hardly compresses, fits into every state and comes back whole', async () => {
  const padded = BAD + noise(LONGEST_DOCUMENT - BAD.length);
  const guard = new Guard();
  guard.iam.createHolder('role', HOLDER.role);
  guard.iam.putInline('role', HOLDER.role, INLINE_NAME, padded);
  const judgement = await guard.inspect(putEvent('role', padded));
  const quarantined = await guard.quarantine(judgement);
  expect(judgement.verdict).toBe('restricted');
  expect(quarantined.document && unpack(quarantined.document)).toBe(padded);
  for (const state of [judgement, quarantined]) {
    expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(LARGEST_STATE / 2);
  }
});

it('the largest event goes where the rest leaves it no room, and the version before stays', async () => {
  const guard = new Guard();
  guard.iam.unlimited = true;
  guard.iam.createPolicy(ARN, HARMLESS.replace('s3:GetObject', incompressible(59_000)));
  const document = BAD + noise(LONGEST_DOCUMENT - BAD.length);
  guard.iam.createVersion(ARN, document);
  const event = versionEvent('v2', BAD);
  event.detail.additionalEventData = { noise: incompressible(58_000) };
  const judgement = await guard.inspect(event);
  const quarantined = await guard.quarantine({ ...judgement, document: pack(document) });
  expect(judgement.event?.gzip.length).toBeGreaterThan(55_000);
  expect(quarantined.event).toBeUndefined();
  expect(quarantined.surroundings?.before?.document?.gzip.length).toBeGreaterThan(55_000);
  expect(Buffer.byteLength(JSON.stringify(quarantined))).toBeLessThan(LARGEST_STATE / 2);
});

it('of several padded documents with the longest names the state of one change carries only its own', async () => {
  const guard = new Guard();
  const role = 'R'.repeat(64);
  guard.iam.createHolder('role', role);
  const padded = BAD + noise(LONGEST_DOCUMENT - BAD.length);
  for (let count = 0; count < 45; count++) {
    guard.iam.putInline('role', role, `${count}`.padStart(128, 'P'), padded);
  }
  const event = fixtureEvent('omitted-put-role-policy', { userAgent: '𝒜'.repeat(256) });
  const judgement = await guard.inspect(event);
  expect(judgement.others).toHaveLength(40);
  expect(Buffer.byteLength(JSON.stringify(judgement))).toBeLessThan(LARGEST_STATE / 2);
});

it('a padded Deny takes no room where it stands', async () => {
  const guard = new Guard();
  guard.iam.createHolder('role', HOLDER.role);
  const deny = `{"Effect":"Deny",${noise(130_000)}"Action":"*","Resource":"*"}`;
  const document = BAD.replace('[', `[${deny},`);
  guard.iam.putInline('role', HOLDER.role, INLINE_NAME, document);
  const judgement = await guard.inspect(putEvent('role', document));
  const quarantined = await guard.quarantine({ ...judgement, verdict: 'restricted' });
  expect(Buffer.byteLength(JSON.stringify(quarantined))).toBeLessThan(LARGEST_STATE / 2);
});
