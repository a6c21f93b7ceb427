const YES =
  /^(?:(?:oh|well|um)[,\s]+)?(?:yes|yeah|yep|yup|sure|ok|okay|correct|right|exactly|absolutely|definitely|of course|please do|go ahead|do it|sounds good|that's right|that is right|fine|confirmed?|i do|it is|y|please)\b/i;
const NO =
  /^(?:(?:oh|well|um)[,\s]+)?(?:no|nope|nah|not|never|don't|do not|n|i don't|it isn't|it's not|negative)\b/i;

/** What an answer to a yes-or-no question says, or undefined when it says neither. */
export function findYesNo(text: string): boolean | undefined {
  const said = text.trim();
  if (NO.test(said)) return false;
  return YES.test(said) ? true : undefined;
}

/** Only yes or no, with nothing else asked for. */
export function isBareYesNo(text: string): boolean {
  return findYesNo(text) !== undefined && text.trim().split(/\s+/).length <= 4;
}
