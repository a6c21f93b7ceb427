import { AnswerCard } from "./answer-card.tsx";
import { useChatParts } from "./chat-context.ts";
import type { ToolItem } from "./chat-state.ts";
import { isForTeam, TeamCard } from "./team-card.tsx";
import { ToolLine } from "./tool-line.tsx";

/** A tool call: a card if it asks the person or the team, a line if it runs by itself. */
export function ToolPart({ item }: { item: ToolItem }) {
  const { cards } = useChatParts();
  const Own = item.component === null ? undefined : cards[item.component];
  if (Own) return <Own item={item} />;
  if (isForTeam(item)) return <TeamCard item={item} />;
  const isCard = item.awaiting || item.answer !== undefined || item.interaction !== "auto_tool";
  return isCard ? <AnswerCard item={item} /> : <ToolLine item={item} />;
}
