/** A line that nobody writes to describe an app: a brace at its end, an arrow, a comparison, a call, a query. */
const CODE =
  /[{}]\s*;?\s*$|\)\s*;\s*$|=>|[=!<>+-]=|^\s*(?:const|let|var|def|class|function|return|#include|public|private|static)\s\S.{0,400}[=({:<]|^\s*[\w.$]{1,80}\([^)]{0,400}\)\s*;?\s*$|^\s*(?:SELECT\s.{1,400}\sFROM|INSERT INTO|UPDATE\s.{1,400}\sSET|DELETE FROM|DROP TABLE|CREATE TABLE)\s/;

/** A prompt without lines of code; nothing is left of one that is mostly code. */
export function withoutCode(prompt: string): string {
  const lines = prompt.split("\n");
  const said = lines.filter((line) => line.trim() !== "");
  const prose = said.filter((line) => !CODE.test(line));
  if (prose.length === said.length) return prompt;
  return prose.length * 2 <= said.length ? "" : prose.join("\n");
}
