import { receive } from "./gateway/receive.ts";

export { AppData } from "./app-data/app-data.ts";
export { ChatSession } from "./chat-session/chat-session.ts";
export { Knowledge } from "./knowledge/knowledge.ts";
export { Replays } from "./replays/replays.ts";
export { TokenLedger } from "./token-ledger/token-ledger.ts";
export { Triggers } from "./triggers/triggers.ts";

export default { fetch: receive };
