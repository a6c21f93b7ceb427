import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { signUp } from "./turn/bench-app.ts";
import { runThrowAway } from "./turn/bench-platform.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { printTable } from "./turn/table.ts";

/**
 * Time from the call that takes a right away until the last socket that was opened with it has closed. `REVOKE_SOCKETS`
 * makes it larger. Bar: 2 s (protocol.md).
 */
const SOCKETS = Number(process.env.REVOKE_SOCKETS ?? 200);
const BAR_MS = 2_000;
const WORKFLOW = {
  name: "bench",
  title: "Bench",
  description: "Talks.",
  entry_agent: "talker",
  agents: { talker: { description: "Talks to people.", instructions: "Answer in a few words." } },
};

const platform = await runThrowAway();
const results: { what: string; first: number; last: number }[] = [];
try {
  const owner = await signUp(platform.url);
  const app = await owner.call<{ enterprise_id: string; slug: string }>("/api/apps", { name: "Bench" });
  const id = app.enterprise_id;
  await owner.call("/api/workflows/register", { enterprise_id: id, definition: WORKFLOW });
  const site = `${platform.url}/a/${app.slug}`;
  const endUser = async () => {
    const person = await signUp(site);
    const { access_token } = await person.call<{ access_token: string }>("/api/chats/token", {
      enterprise_id: id,
    });
    return { ...person, token: access_token };
  };
  const key = await owner.call<{ key_id: string; key: string }>(`/api/apps/${id}/keys`, {
    name: "Bench",
    scopes: ["chat:impersonate"],
  });

  const out = await endUser();
  await measure("a session that ends", out, () => out.call("/api/auth/sign-out", {}));
  const { userId } = await endUser();
  const visitor = { userId, token: await impersonate(userId) };
  await measure("a key that is revoked", visitor, () =>
    owner.send("DELETE", `/api/apps/${id}/keys/${key.key_id}`),
  );
  const put = await endUser();
  await measure("a person who is put out", put, () =>
    owner.send("PATCH", `/api/apps/${id}/users/${put.userId}`, { admitted: false }),
  );
  const gone = await endUser();
  await measure("an app that is unpublished", gone, () => owner.call(`/api/apps/${id}/unpublish`, {}));

  async function impersonate(userId: string): Promise<string> {
    const answer = await fetch(`${platform.url}/api/chats/token`, {
      method: "POST",
      body: JSON.stringify({ enterprise_id: id, user_id: userId }),
      headers: { authorization: `Bearer ${key.key}`, "content-type": "application/json" },
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  async function measure(
    what: string,
    who: { userId: string; token: string },
    revoke: () => Promise<unknown>,
  ) {
    const sockets: WebSocket[] = [];
    while (sockets.length < SOCKETS) {
      const url = `${site.replace("http", "ws")}/ws/bench/${id}/${crypto.randomUUID()}/${who.userId}`;
      const socket = new WebSocket(url, ["mozaiks.bearer.v1", Buffer.from(who.token).toString("base64url")]);
      await once(socket, "message");
      sockets.push(socket);
    }
    const open = sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length;
    if (open !== SOCKETS) throw new Error(`${what}: ${open} of ${SOCKETS} sockets are open`);
    const start = performance.now();
    // Told to close, a client hears nothing more; the connection under it may stay for a while.
    const closed = sockets.map(async (socket) => {
      while (socket.readyState === WebSocket.OPEN) await wait(5);
      return performance.now() - start;
    });
    await revoke();
    const times = await Promise.all(closed);
    results.push({ what, first: Math.min(...times), last: Math.max(...times) });
  }
} finally {
  await platform.stop();
}
printTable(
  [`${SOCKETS} sockets of`, "first closed, ms", "last closed, ms", `bar ${BAR_MS}`],
  results.map(({ what, first, last }) => [
    what,
    first.toFixed(0),
    last.toFixed(0),
    last <= BAR_MS ? "met" : "MISSED",
  ]),
);
console.log(machineInWords());
writeResult("revoke", { sockets: SOCKETS, results });
