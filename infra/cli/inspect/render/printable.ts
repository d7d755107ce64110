/**
 * Makes text from outside safe to show: control characters could steer a terminal, and invisible or right-to-left
 * ones could make a line read as something else. They are shown as JSON would escape them.
 */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
