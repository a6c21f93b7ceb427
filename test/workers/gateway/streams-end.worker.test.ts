import { beforeAll, expect, test } from "vitest";
import { openTab } from "#test/support/chat-client";
import { openEvents } from "#test/support/event-stream";
import { LENDING } from "#test/workers/chat-session/desk";
import { hire, openTeamDesk, type TeamDesk, userChat } from "#test/workers/chat-session/team-desk";
import { call, type Person } from "./client.ts";

let desk: TeamDesk;
beforeAll(async () => {
  desk = await openTeamDesk();
});

/** A stream of the log of a member's own chat with the app, that has told all there is. */
async function memberStream(who: Person) {
  const chatId = `chat-${who.user_id}`;
  const path = `/ws/${LENDING.name}/${desk.enterprise_id}/${chatId}/${who.user_id}`;
  (await openTab(path, who)).close();
  return readToNow(`/api/chats/${desk.enterprise_id}/${chatId}/events`, who);
}
async function readToNow(path: string, who: Person) {
  const stream = await openEvents(path, who);
  expect(stream.status).toBe(200);
  for (let event = await stream.next(); event; event = await stream.next())
    if (event.data.includes("chat.resume_boundary")) break;
  return stream;
}
const member = (who: Person) => `/api/apps/${desk.enterprise_id}/members/${who.user_id}`;

test("T13 a member's streams end when their role changes or goes; other people's go on", async () => {
  const { owner } = desk;
  const ann = await hire(desk, "admin");
  const bob = await hire(desk, "admin");
  const eve = await hire(desk, "admin");
  const [anns, bobs, eves] = [await memberStream(ann), await memberStream(bob), await memberStream(eve)];
  const change = { method: "PATCH", json: { role: "viewer" }, token: owner.token };
  expect((await call(member(ann), change)).status).toBe(200);
  expect(await anns.all()).toEqual([]);
  expect((await call(member(bob), { method: "DELETE", token: owner.token })).status).toBe(200);
  expect(await bobs.all()).toEqual([]);
  const tab = await openTab(
    `/ws/${LENDING.name}/${desk.enterprise_id}/chat-${eve.user_id}/${eve.user_id}`,
    eve,
  );
  await tab.say("hello");
  tab.close();
  expect((await eves.next())?.data).toContain("hello");
  await eves.leave();
});

test("T72 sockets and streams of a chat end when it is deleted with its app", async () => {
  const { chat_id, tab } = await userChat(desk);
  const slug = new URL(desk.url).hostname.split(".")[0];
  const stream = await readToNow(`/a/${slug}/api/chats/${desk.enterprise_id}/${chat_id}/events`, desk.user);
  const path = `/api/apps/${desk.enterprise_id}`;
  expect((await call(path, { method: "DELETE", token: desk.owner.token })).status).toBe(200);
  expect(await stream.all()).toEqual([]);
  await expect(tab.until(() => false, tab.frames.length)).rejects.toThrow("closed 1008");
});
