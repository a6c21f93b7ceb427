type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/**
 * Says a number with its noun by the language's own rules: `plural("en", { one: "# file", other: "# files" })(2)` →
 * `2 files`. `#` is the number as it is written there.
 */
export function plural(language: string, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count) => (forms[rules.select(count)] ?? forms.other).replace("#", numbers.format(count));
}
