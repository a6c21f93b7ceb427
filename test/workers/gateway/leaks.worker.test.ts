import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openEvents } from "#test/support/event-stream";
import { type Desk, openDesk, startChat } from "#test/workers/chat-session/desk";
import { call, signUp, worker } from "./client.ts";

let desk: Desk;
const printed: string[] = [];
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, method).mockImplementation(
      (...line: unknown[]) => void printed.push(line.map(String).join(" ")),
    );
});
afterEach(() => {
  vi.restoreAllMocks();
  printed.splice(0);
});

test("T11 a token in a query, a header or a subprotocol is in no log and no answer, also when it is refused", async () => {
  const { chat_id, path } = await startChat(desk);
  const json = { enterprise_id: desk.enterprise_id, chat_id };
  const { body } = await call("/api/chats/token", { json, token: desk.owner.token });
  const token = (body as { access_token: string }).access_token;
  const secrets = [token, token.split(".")[2]!, desk.owner.token];
  const answers: string[] = [];

  for (const query of [
    `access_token=${token}`,
    `access_token=${token}x`,
    `access_token=${desk.owner.token}`,
  ]) {
    const request = new Request(`http://localhost:8787${path}?${query}`, {
      headers: { upgrade: "websocket" },
    });
    const { webSocket } = await worker.fetch(request);
    const heard = new Promise<string>((resolve) =>
      webSocket?.addEventListener("message", ({ data }) => resolve(String(data))),
    );
    webSocket?.accept();
    answers.push(await heard);
    webSocket?.close(1000, "done");
  }
  const events = `/api/chats/${desk.enterprise_id}/${chat_id}/events`;
  for (const query of [`access_token=${token}`, `access_token=${token}x`, `access_token=${token}&after=x`])
    answers.push(JSON.stringify(await call(`${events}?${query}`)));
  const stream = await openEvents(`${events}?access_token=${token}`);
  answers.push((await stream.next())?.data ?? "");
  await stream.leave();
  // A fault of ours on the way, with the token in the address.
  vi.spyOn(env.DB, "prepare").mockImplementation(() => {
    throw new Error(`fails: ${path}?access_token=${token}`);
  });
  answers.push(JSON.stringify(await call(`${events}?access_token=${token}`)));
  expect(answers.at(-1)).toContain("INTERNAL");
  for (const secret of secrets)
    for (const text of [...printed, ...answers]) expect(text).not.toContain(secret);
  expect(printed.join()).toContain("request.failed");
});

const BYPASSES = [
  "https://evil.example",
  "http://evil.example",
  "//evil.example",
  "///evil.example",
  "////evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/%09/evil.example",
  "/%2f/evil.example",
  "https:evil.example",
  "https:/evil.example",
  "https:\\\\evil.example",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "http://localhost:8787@evil.example",
  "http://localhost:8787.evil.example",
  "http://evil.example#http://localhost:8787",
  "http://evil.example?http://localhost:8787",
  "http://evil.example\\@localhost:8787",
  "/..//evil.example",
  "/.%2e//evil.example",
  "http://localhost:8787%2eevil.example",
  "http://[::ffff:evil.example]",
  "/\u2028/evil.example",
  "http://ⓔvil.example",
  "//evil.example/%2e%2e",
  "@evil.example",
  "http://localhost:8788",
  "https://localhost:8787",
  "/@evil.example//x",
  "//localhost:8787@evil.example/",
];

test("T20 no address of elsewhere is ever one to go on to", async () => {
  const { email } = await signUp();
  for (const callbackURL of BYPASSES) {
    const json = { email, password: "correct horse", callbackURL };
    const answer = await call("/api/auth/sign-in/email", { json });
    const next = answer.headers.get("location") ?? (answer.body as { url?: string | null })?.url ?? null;
    const host = next === null ? null : new URL(next, "http://localhost:8787").host;
    expect({ callbackURL, fault: answer.status >= 500 }).toEqual({ callbackURL, fault: false });
    expect([null, "localhost:8787"], callbackURL).toContain(host);
  }
});

test("T18 whoever signs in is told the same for an address that is known and one that is not", async () => {
  const { email } = await signUp();
  const tell = async (address: string) => {
    const json = { email: address, password: "wrong horse" };
    const { status, body } = await call("/api/auth/sign-in/email", { json });
    return { status, body };
  };
  const known = await tell(email);
  expect(known.status).toBe(401);
  expect(await tell("nobody-at-all@example.com")).toEqual(known);
});
