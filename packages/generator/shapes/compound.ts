/** `order` + `tracker` → `order tracker`; a word that is already there is not said twice. */
export function compound(noun: string, suffix: string): string {
  if (!suffix || noun === suffix || noun.endsWith(` ${suffix}`)) return noun;
  return `${noun} ${suffix}`;
}
