import { AnswerCard } from "./answer-card.tsx";
import { isForTeam, type ToolItem } from "./chat-state.ts";
import { TeamCard } from "./team-card.tsx";

/** A tool call that is shown as a card: the team's to decide, or the person's. */
export function ToolCard({ item }: { item: ToolItem }) {
  return isForTeam(item) ? <TeamCard item={item} /> : <AnswerCard item={item} />;
}
