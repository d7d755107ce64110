import type { DescribedRequest } from './describe-request.ts';
import { enumerate } from './phrases.ts';
import { shorten } from './plain-line.ts';

/** Characters: a message at a glance has room for no more. */
const LABEL = 64;

/** Of more than these the number is what counts. */
const MOST_PRINCIPALS = 3;

/** Whom the grant serves, in one line; not escaped. `2 principals: role deployer and user alice`. */
export function reachLine({ reach }: Pick<DescribedRequest, 'reach'>): string {
  if (reach === undefined) return 'not known: IAM did not tell in time';
  const { principals, count } = reach;
  if (principals.length === 0) return '0 principals: nobody holds it';
  const most = principals.length > MOST_PRINCIPALS ? MOST_PRINCIPALS - 1 : MOST_PRINCIPALS;
  const names = principals.slice(0, most);
  const listed = enumerate(names, most, principals.length - names.length);
  return principals.length === 1 ? listed : `${count}: ${listed}`;
}

/** What is known of the requester beside the name, in one line; not escaped. */
export function requesterLine(
  { earlier, who, whoDetails }: Pick<DescribedRequest, 'earlier' | 'who' | 'whoDetails'>,
  named = true,
): string {
  const from = whoDetails.find(({ label }) => label === 'From')?.value;
  const parts = [
    ...(earlier === undefined ? [] : [earlier]),
    ...(named ? [] : [shorten(who, LABEL)]),
    ...(from === undefined ? [] : [`from ${shorten(from, 45)}`]),
  ];
  return parts.join(' · ') || 'nothing else is known';
}
