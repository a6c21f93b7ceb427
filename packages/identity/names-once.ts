/**
 * Whether a JSON object's text names each of its own members once, however it spells them: two readers of a name that
 * stands there twice may not agree which counts. `value` is what the text was parsed to.
 */
export function namesOnce(text: string, value: object): boolean {
  let depth = 0;
  let members = 0;
  // Strings first, so that nothing inside one counts.
  for (const [mark] of text.replace(/"(?:[^"\\]|\\.)*"/g, "").matchAll(/[[\]{}:]/g)) {
    if (mark === "{" || mark === "[") depth += 1;
    else if (mark === ":") members += depth === 1 ? 1 : 0;
    else depth -= 1;
  }
  return members === Object.keys(value).length;
}
