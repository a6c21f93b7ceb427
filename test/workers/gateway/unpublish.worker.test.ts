import { beforeAll, expect, test } from "vitest";
import { openTab } from "#test/support/chat-client";
import { openEvents } from "#test/support/event-stream";
import { LENDING } from "#test/workers/chat-session/desk";
import { openTeamDesk, type TeamDesk, userChat } from "#test/workers/chat-session/team-desk";
import { call, codeOf, worker } from "./client.ts";

let desk: TeamDesk;
let app: string;
let site: string;

beforeAll(async () => {
  desk = await openTeamDesk();
  app = `/api/apps/${desk.enterprise_id}`;
  site = `/a/${new URL(desk.url).hostname.split(".")[0]}`;
});

async function knock(chatId: string): Promise<{ code: number; error: string }> {
  const path = `${site}/ws/${LENDING.name}/${desk.enterprise_id}/${chatId}/${desk.user.user_id}`;
  const headers = { upgrade: "websocket", authorization: `Bearer ${desk.user.token}` };
  const socket = (await worker.fetch(new Request(`http://localhost:8787${path}`, { headers }))).webSocket!;
  let error = "";
  socket.addEventListener("message", ({ data }) => {
    error = JSON.parse(String(data)).data.code;
  });
  const closed = new Promise<number>((resolve) =>
    socket.addEventListener("close", ({ code }) => resolve(code)),
  );
  socket.accept();
  return { code: await closed, error };
}

test("an app that is unpublished closes to its end users at once, not to its team, and opens again", async () => {
  const { owner, user, enterprise_id } = desk;
  const { chat_id, tab } = await userChat(desk);
  const stream = await openEvents(`${site}/api/chats/${enterprise_id}/${chat_id}/events`, user);
  for (let event = await stream.next(); event; event = await stream.next())
    if (event.data.includes("chat.resume_boundary")) break;
  const looking = await openTab(`/ws/operator/${enterprise_id}/${chat_id}`, owner);
  const own = await openTab(`/ws/${LENDING.name}/${enterprise_id}/chat_own/${owner.user_id}`, owner);

  const closed = await call(`${app}/unpublish`, { token: owner.token, json: {} });
  expect([closed.status, closed.body]).toMatchObject([200, { status: "unpublished", live_version: 1 }]);
  await expect(tab.until(() => false, tab.frames.length)).rejects.toThrow("closed 1008");
  expect(await stream.all()).toEqual([]);

  expect(await knock(chat_id)).toEqual({ code: 1008, error: "APP_UNPUBLISHED" });
  const refused = await call(`${site}/api/workflows?enterprise_id=${enterprise_id}`, { token: user.token });
  expect([refused.status, codeOf(refused)]).toEqual([403, "APP_UNPUBLISHED"]);
  const input = await call(`${site}/chat/${enterprise_id}/${chat_id}/${user.user_id}/input`, {
    token: user.token,
    json: { message: "Hello?", workflow_name: LENDING.name },
  });
  expect([input.status, codeOf(input)]).toEqual([403, "APP_UNPUBLISHED"]);
  expect((await call(`/api/workflows/discover/${enterprise_id}`)).status).toBe(404);
  expect((await call(`${site}/api/site`)).body).toMatchObject({ status: "unpublished" });

  // Its team goes on.
  await own.say("hello");
  own.close();
  looking.close();
  expect((await call(app, { token: owner.token })).status).toBe(200);

  const again = await call(`${app}/versions/1/publish`, { token: owner.token, json: {} });
  expect([again.status, again.body]).toMatchObject([201, { version: 2 }]);
  const back = await call(`${site}/api/workflows?enterprise_id=${enterprise_id}`, { token: user.token });
  expect(back.status).toBe(200);
  const reopened = await openTab(
    `${site}/ws/${LENDING.name}/${enterprise_id}/${chat_id}/${user.user_id}`,
    user,
  );
  reopened.close();
  const audit = (await call(`${app}/audit`, { token: owner.token })).body as { items: { action: string }[] };
  expect(audit.items.filter((it) => it.action === "app.unpublish")).toHaveLength(1);
});
