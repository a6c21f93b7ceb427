import type { Brief } from "./brief/brief.ts";
import { orList } from "./brief/words.ts";
import { type Pick, unplanned } from "./picks-from.ts";

/** What was decided without being asked for, as sentences for the person who approves the plan. */
export function assumptionsOf(brief: Brief, picks: readonly Pick[], maxWorkflows: number): string[] {
  const said: string[] = ["Everybody who chats sees only their own records."];
  const guessed = picks.filter((it) => it.guessed);
  if (guessed.length > 0 && brief.business) {
    said.push(
      `You named ${orList([brief.business_words])} but no tasks, so I chose what such an app usually does.`,
    );
  } else if (guessed.length > 0) {
    said.push(
      "You did not say what people should be able to do, so the app takes requests and keeps track of them.",
    );
  }
  if (picks.length > maxWorkflows) {
    said.push(`You asked for more than ${maxWorkflows} things; the plan has the first ${maxWorkflows}.`);
  }
  for (const text of unplanned(brief)) said.push(`Nothing is planned for “${text.slice(0, 160)}”.`);
  for (const clause of brief.clauses) {
    if (clause.frame === "limit") said.push(`Not built: “${clause.text.slice(0, 160)}”.`);
  }
  for (const sentence of brief.left_out)
    said.push(`Left out, as it does not describe an app: “${sentence.slice(0, 160)}”.`);
  return said.slice(0, 30);
}
