import { doScheduled } from "./domains/do-scheduled.ts";
import { receive } from "./gateway/receive.ts";

export { AppData } from "./app-data/app-data.ts";
export { ChatSession } from "./chat-session/chat-session.ts";
export { Knowledge } from "./knowledge/knowledge.ts";
export { RateLimiter } from "./rate-limiter/rate-limiter.ts";
export { Replays } from "./replays/replays.ts";
export { TokenLedger } from "./token-ledger/token-ledger.ts";
export { Triggers } from "./triggers/triggers.ts";
export { WebhooksOut } from "./webhooks-out/webhooks-out.ts";

export default { fetch: receive, scheduled: doScheduled };
