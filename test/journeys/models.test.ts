import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Platform, runPlatform } from "#cli/platform/run-platform";
import type { DownFrame } from "#protocol/frames/down";
import { dataOf } from "#test/support/data-of";
import { USED } from "#test/support/model-server/dialects";
import { type ModelServer, modelServer } from "#test/support/model-server/model-server";

const KEY = "sk-operator-canary-0001";
const DEFINITION = {
  name: "greeter",
  title: "Greeter",
  description: "Says hello.",
  entry_agent: "greeter",
  agents: { greeter: { description: "Says hello.", instructions: "Greet people." } },
};

let platform: Platform;
let server: ModelServer;
let token = "";
let user = "";
let app = "";
const state = mkdtempSync(join(tmpdir(), "mozaiks-models-"));

beforeAll(async () => {
  server = await modelServer();
  const providers = {
    deepseek: { kind: "openai-compatible", base_url: `${server.url}/v1`, api_key_env: "LAB_KEY" },
    openai: { kind: "openai", base_url: `${server.url}/v1`, api_key_env: "LAB_KEY" },
    anthropic: { kind: "anthropic", base_url: `${server.url}/v1`, api_key_env: "LAB_KEY" },
    google: { kind: "google", base_url: `${server.url}/v1beta`, api_key_env: "LAB_KEY" },
  };
  const env = { MODEL_PROVIDERS: JSON.stringify(providers), LAB_KEY: KEY };
  platform = await runPlatform({ port: 0, state, ui: false, env });
  const person = { email: "kim@example.com", password: "correct horse", name: "Kim" };
  const signedUp = await post("/api/auth/sign-up/email", person);
  token = signedUp.headers.get("set-auth-token") ?? "";
  user = ((await signedUp.json()) as { user: { id: string } }).user.id;
  app = ((await (await post("/api/apps", { name: "Models" })).json()) as { enterprise_id: string })
    .enterprise_id;
});

afterAll(async () => {
  await platform.stop();
  await server.close();
  rmSync(state, { recursive: true, force: true });
});

function post(path: string, body: unknown): Promise<Response> {
  const headers = {
    "content-type": "application/json",
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  return fetch(platform.url + path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** A new chat with a workflow on this model: says hello, and gives every frame up to the run's end. */
async function hello(model: string): Promise<DownFrame[]> {
  const definition = { ...DEFINITION, model };
  const registered = await post("/api/workflows/register", { enterprise_id: app, definition });
  expect(registered.status).toBe(201);
  const started = await post(`/api/chats/${app}/greeter/start`, { user_id: user, force_new: true });
  const chat = (await started.json()) as { websocket_url: string };
  const url = new URL(chat.websocket_url);
  url.searchParams.set("access_token", await chatToken());
  const socket = new WebSocket(url.href);
  const frames: DownFrame[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () =>
      socket.send(JSON.stringify({ type: "user.input.submit", data: { text: "hello" } })),
    );
    socket.addEventListener("error", () => reject(new Error("the socket failed")));
    socket.addEventListener("close", ({ code, reason }) => reject(new Error(`closed ${code} ${reason}`)));
    socket.addEventListener("message", ({ data }) => {
      frames.push(JSON.parse(String(data)) as DownFrame);
      if (frames.at(-1)?.type === "chat.run_complete") resolve();
    });
  });
  socket.close();
  return frames;
}

async function chatToken(): Promise<string> {
  const answer = await post("/api/chats/token", { enterprise_id: app });
  return ((await answer.json()) as { access_token: string }).access_token;
}

test.each(["deepseek/deepseek-chat", "openai/gpt-5", "anthropic/claude-sonnet-5", "google/gemini-2.5-pro"])(
  "F14 the Worker asks %s over HTTP, again after a 500, and bills what it says",
  async (model) => {
    server.answer([{ status: 500 }, { text: ["Hello, ", "Kim 🙂."] }]);
    const frames = await hello(model);
    expect(dataOf(frames, "chat.stream_end")).toMatchObject([{ content: "Hello, Kim 🙂." }]);
    expect(dataOf(frames, "chat.run_complete")).toMatchObject([{ status: "completed" }]);
    expect(dataOf(frames, "chat.usage_delta")).toMatchObject([
      { model, source: "provider", cached_input_tokens: USED.cached, output_tokens: USED.output },
    ]);
    expect(JSON.stringify(server.asked[1]?.headers)).toContain(KEY);
    expect(JSON.stringify(frames)).not.toContain(KEY);
  },
);

test("F15 a stream that ends after its first words: they stay, the turn fails, the chat goes on", async () => {
  server.answer([{ text: ["Hello, ", "Kim."], after: 3, ends: "end" }]);
  const frames = await hello("anthropic/claude-sonnet-5");
  expect(dataOf(frames, "chat.stream_end")).toMatchObject([{ content: "Hello, ", interrupted: true }]);
  expect(dataOf(frames, "chat.error")).toMatchObject([{ code: "MODEL_FAILED" }]);
  expect(dataOf(frames, "chat.run_complete")).toMatchObject([{ status: "failed" }]);
});

test("a workflow on a model of a provider that is not there is refused", async () => {
  const definition = { ...DEFINITION, model: "nobody/x" };
  const refused = await post("/api/workflows/register", { enterprise_id: app, definition });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("no provider of models");
});
