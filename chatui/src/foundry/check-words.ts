import type { SelfCheck } from "#protocol/api/usage";

/** What the check of the books found, in sentences: one if all is well, else one for each thing that is not. */
export function checkWords({ checks }: Pick<SelfCheck, "checks">): { ok: boolean; sentences: string[] } {
  const broken = checks.filter(({ violations }) => violations > 0);
  if (broken.length > 0)
    return {
      ok: false,
      sentences: broken.map(
        ({ says, checked, violations }) =>
          `${count(violations)} of ${count(checked)} ${violations === 1 ? "breaks" : "break"} the rule “${says}”.`,
      ),
    };
  const figures = checks.reduce((sum, { checked }) => sum + checked, 0);
  return { ok: true, sentences: [`All ${count(figures)} figures agree.`] };
}

function count(figures: number): string {
  return figures.toLocaleString("en-US");
}
