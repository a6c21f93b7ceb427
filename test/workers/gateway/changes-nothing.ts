import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { type Answer, codeOf } from "./client.ts";

/** How many rows each table of D1 has. */
async function rows(): Promise<Record<string, number>> {
  const { results } = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%' and name not like 'd1_%'",
  ).all<{ name: string }>();
  const counts = await env.DB.batch<{ n: number }>(
    results.map(({ name }) => env.DB.prepare(`select count(*) as n from "${name}"`)),
  );
  return Object.fromEntries(results.map(({ name }, i) => [name, counts[i]?.results[0]?.n ?? -1]));
}
/** Whatever `work` does leaves every table as it was; rows of the audit log say that it was refused. */
export async function changesNothing(work: () => Promise<void>): Promise<void> {
  const { audit: _, ...before } = await rows();
  await work();
  const { audit: __, ...after } = await rows();
  expect(after).toEqual(before);
}
/** The code of an error in either shape. */
export const anyCodeOf = (answer: Answer) =>
  codeOf(answer) ?? (answer.body as { code?: string } | null)?.code;
