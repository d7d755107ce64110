/** What differs from run to run, and what stands for it. Each distinct value gets a number where `#` stands. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/http:\/\/(127\.0\.0\.1|localhost):\d+/g, '<host>'],
  [/http%3A%2F%2F(127\.0\.0\.1|localhost)%3A\d+/g, '<host>'],
  [/(?:::ffff:)?127\.0\.0\.1|(?<![\w:])::1\b/g, '<ip>'],
  [/(?<=signature=)[\w-]+/g, '<signature>'],
  [/(?<=expires=)\d+/g, '<expires>'],
  [/(?<=sent=)\d+/g, '<sent>'],
  [/(?<=client_id=)[\d.]+/g, '<client id>'],
  [/(?<=state=)[\w.-]+/g, '<state>'],
  [/(?<=<!date\^)\d+/g, '<unix>'],
  [/\b20[2-8]\d-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z| \d\d:\d\d:\d\d UTC| \d\d:\d\d UTC)/g, '<time>'],
  [/\b[A-Z][a-z]{2} \d{1,2}, 20[2-8]\d \d{1,2}:\d\d:\d\d [AP]M/g, '<time>'],
  [/\b20[2-8]\d-\d\d-\d\d\b/g, '<day>'],
  [/(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/g, '<uuid #>'],
  [/\bpg-[a-z2-7]{10}\b/g, '<request #>'],
  [/\b\d{10}\.\d{6}\b/g, '<ts #>'],
  [/(?<=\/p)\d{16}\b/g, '<ts #>'],
  [/\bA(?:IDA|ROA|NPA|GPA)[A-Z0-9]{12,}\b/g, '<unique id #>'],
  // Slack's own ids, of blocks and elements that the app gave none: four characters.
  [/(?<="block_id": ")[\w-]{4}(?=")/g, '<block>'],
];

const DURATION = '(?:under 1 s|\\d+ (?:d|h|min|s)(?: \\d+ (?:h|min|s))?)';

/** How long something took, or is still to take, in JSON text; what follows from settings stays. */
const ELAPSED = new RegExp(
  `(?<=[Ii]n force for(?:\\*\\\\n|: |</dt><dd>)|took:? |[Ee]xpires(?:\\*\\\\n| )in |decision, for )${DURATION}`,
  'g',
);

/** Numbers each distinct value by its first appearance, over all that one play shows. */
export function createNormaliser() {
  const numbers = new Map<string, Map<string, number>>();

  function numbered(label: string, value: string): string {
    if (!label.includes('#')) return label;
    const known = numbers.get(label) ?? new Map<string, number>();
    numbers.set(label, known);
    if (!known.has(value)) known.set(value, known.size + 1);
    return label.replace('#', String(known.get(value)));
  }

  return (text: string): string => {
    const replaced = VOLATILE.reduce(
      (all, [pattern, label]) => all.replaceAll(pattern, (value) => numbered(label, value)),
      text,
    );
    return replaced.replaceAll(ELAPSED, '<elapsed>');
  };
}
