import { singular } from "../brief/words.ts";

/** Words that say what is done with a thing rather than name it: `order tracking` is about orders. */
const DOING = new Set(
  "sale drafting moderation approval triage tracking track handling handle management manage manager booking request form system processing process scheduling schedule scheduler lookup search handler tracker registration status capture collection reporting update submission submit query question enquiry inquiry entry portal checker check finder intake support app number info information detail history".split(
    " ",
  ),
);

/** The thing itself, or the capability's own word for it. */
export function nounOf(asked: string, fallback: string): string {
  const words = asked
    .replace(/^(help|service|support|it|front) desk$/, "")
    .replace(/ follow(?: up)?$/, "")
    // "a returns desk" is about returns.
    .replace(/(\w+s) (?:desk|team|office|line)$/, (_, things: string) => singular(things))
    .split(" ")
    .filter(Boolean);
  while (words.length > 0 && DOING.has(words.at(-1)!) && words.join(" ") !== fallback) words.pop();
  return words.join(" ") || fallback;
}
