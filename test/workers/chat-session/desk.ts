import { env } from "cloudflare:workers";
import { openTab } from "#test/support/chat-client";
import { call, makeApp, migrate, type Person, signUp } from "#test/workers/gateway/client";
import { LENDING } from "./lending.ts";

export { LENDING };

export type Desk = { owner: Person; enterprise_id: string };

/** A fresh owner with the lending desk live. */
export async function openDesk(): Promise<Desk & { slug: string }> {
  await migrate();
  const owner = await signUp();
  const { enterprise_id, slug } = await makeApp(owner, "Tool Library");
  const answer = await call("/api/workflows/register", {
    token: owner.token,
    json: { enterprise_id, definition: LENDING },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { owner, enterprise_id, slug };
}

/** The same with one workflow more, like the first, on a model that a stand-in for `fetch` speaks for. */
export async function openModelDesk(workflow: string): Promise<Awaited<ReturnType<typeof openDesk>>> {
  Object.assign(env, {
    MODEL_PROVIDERS: JSON.stringify({
      shop: { kind: "openai-compatible", base_url: "https://models.example/v1" },
    }),
    PRICES: JSON.stringify([{ model: "shop/one", input: 1, output: 1 }]),
  });
  const desk = await openDesk();
  const definition = { ...LENDING, name: workflow, model: "shop/one" };
  const json = { enterprise_id: desk.enterprise_id, definition };
  const answer = await call("/api/workflows/register", { token: desk.owner.token, json });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return desk;
}

/** A new chat of the owner's; `path` is its socket's. */
export async function startChat(desk: Desk, workflow = LENDING.name) {
  const answer = await call(`/api/chats/${desk.enterprise_id}/${workflow}/start`, {
    token: desk.owner.token,
    json: { force_new: true },
  });
  const { chat_id } = answer.body as { chat_id: string };
  const path = `/ws/${workflow}/${desk.enterprise_id}/${chat_id}/${desk.owner.user_id}`;
  return { chat_id, path, tab: await openTab(path, desk.owner) };
}
