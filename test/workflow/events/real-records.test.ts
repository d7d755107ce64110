import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../workflow/events/cloudtrail-record.ts';
import { UnreadableChangeError } from '../../../workflow/events/errors.ts';
import { parseChange } from '../../../workflow/events/parse-change.ts';
import { readEvent } from '../../../workflow/events/read-event.ts';
import { watchedEventNames } from '../../../workflow/events/watched-calls.ts';

/** Records as found in public repositories; they are not part of the project. */
const folder = join(import.meta.dirname, '../../../../shared/real/cloudtrail');
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];

const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const isWatched = ({ eventName, eventSource, errorCode }: Record<string, unknown>) =>
  eventSource === 'iam.amazonaws.com' &&
  watchedEventNames.includes(String(eventName)) &&
  errorCode === undefined;

describe.skipIf(files.length === 0)(
  'real records (skipped when ../shared/real/cloudtrail is not there)',
  () => {
    it.each(files)('%s is read, or refused with a clear reason', (file) => {
      const raw = read(file);
      const reading = readEvent(raw);
      if (isWatched(raw)) expect(reading.type).not.toBe('no-change');
      else expect(reading.type).toBe('no-change');
      if (reading.type !== 'change') {
        expect(reading.reason).toMatch(
          /failed with \w+|is not a change that is watched|has no |no CloudTrail record/,
        );
        return;
      }
      expect(reading.parsed.change.requester.label).not.toMatch(/unknown|undefined/);
      expect(reading.parsed.change.accountId).toMatch(/^\d{12}$/);
    });

    it('reads every watched call that succeeded and is a whole record', () => {
      const watched = files.map(read).filter(isWatched);
      expect(watched.length).toBeGreaterThan(5);
      for (const raw of watched.filter(({ eventID, eventTime }) => eventID && eventTime)) {
        expect(() => parseChange(parseRecord(raw))).not.toThrow();
      }
      for (const raw of watched.filter(({ eventID, eventTime }) => !eventID || !eventTime)) {
        expect(() => parseRecord(raw)).toThrow(UnreadableChangeError);
      }
    });
  },
);
