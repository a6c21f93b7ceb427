import { openSocket } from "../turn/talk.ts";
import { comeAndGo, EVERY_MS } from "./drops.ts";
import { type Tally, tallyOf } from "./tally.ts";

/** A room of partyserver, whose clients come back as partysocket does: connected again, nothing more. */
export async function dropParty(origin: string, messages: number): Promise<Tally> {
  const tally = tallyOf(messages);
  const over = Promise.withResolvers<void>();
  const url = `${origin}/ws/peers/party-echo/${crypto.randomUUID()}`;
  let said = false;
  // The numbers stop by themselves; who is away then never hears of it.
  const patience = setTimeout(() => over.resolve(), messages * EVERY_MS + 1_000);
  await comeAndGo(over.promise, async () => {
    const socket = await openSocket(url, [], null);
    socket.addEventListener("message", ({ data }) => {
      const { n } = JSON.parse(String(data)) as { n?: number };
      if (n !== undefined) tally.heard(n);
    });
    if (!said) socket.send(`count ${messages} every ${EVERY_MS}`);
    said = true;
    return () => socket.close();
  });
  clearTimeout(patience);
  return tally.result();
}
