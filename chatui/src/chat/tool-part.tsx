import { later } from "../ui/later.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useChatParts } from "./chat-context.ts";
import { isForTeam, type ToolItem } from "./chat-state.ts";
import { ToolLine } from "./tool-line.tsx";

// Many chats never show a card.
const Card = later(
  () => import("./tool-card.tsx").then((card) => card.ToolCard),
  <Skeleton className="h-40 max-w-xl" />,
);

/** A tool call: a card if it asks the person or the team, a line if it runs by itself. */
export function ToolPart({ item }: { item: ToolItem }) {
  const { cards } = useChatParts();
  const Own = item.component === null ? undefined : cards[item.component];
  if (Own) return <Own item={item} />;
  const isCard = item.awaiting || item.answer !== undefined || item.interaction !== "auto_tool";
  if (!isCard && !isForTeam(item)) return <ToolLine item={item} />;
  return <Card item={item} />;
}
