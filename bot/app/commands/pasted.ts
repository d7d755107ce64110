import type { Checked } from './describe-check.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** `service:action`, either with wildcards; without a colon only wildcards can match anything. */
const ACTION = /^(?:[a-z0-9*?-]+:[a-z0-9*?_-]+|[a-z0-9_-]*[*?][a-z0-9*?_-]*)$/i;

/** @returns undefined for what is neither a list of actions nor meant as a document */
export function readPasted(argument: string): Checked | undefined {
  const text = unfenced(asTyped(argument));
  const words = text
    .replace(/["'`\u2018-\u201f]/g, '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (words.length > 0 && words.every((word) => ACTION.test(word))) return { actions: words };
  return /[{[]|^%7b/i.test(text) ? { policy: straightened(text) } : undefined;
}

/** What Slack makes a link of, as `<https://…|…>` or `<https://…>`; a `<` that somebody has typed comes as `&lt;`. */
const LINKED = /<(?:https?|mailto|tel):[^<>|]*\|([^<>|]*)>|<(?:mailto:|tel:|(?=https?:))([^<>|\s]*)>/g;

/** Undoes the links and entities of Slack, and takes away what cannot be seen, such as the spaces of no width of its editor. */
function asTyped(argument: string): string {
  return argument
    .replace(LINKED, (_, label: string | undefined, address: string | undefined) => label ?? address ?? '')
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\p{Cf}/gu, '');
}

/** Also a fence that names its language, as it comes from a document in Markdown. */
function unfenced(text: string): string {
  return text
    .trim()
    .replace(/^(?:```(?:json[5c]?\b)?|`)([\s\S]*?)`+$/i, '$1')
    .trim();
}

/**
 * Undoes the typographic quotation marks and spaces of Slack's editor, only where the text is no JSON as it stands:
 * inside a string they may be meant.
 */
function straightened(text: string): string {
  if (isJson(text)) return text;
  return text.replace(/[\u201c-\u201f]/g, '"').replace(/\p{Zs}/gu, ' ');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // One of the answers: then quotation marks are looked at.
  }
}
