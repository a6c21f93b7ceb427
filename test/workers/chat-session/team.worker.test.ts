import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeAll, expect, test } from "vitest";
import { dataOf, openTab, type Tab, textOf } from "#test/support/chat-client";
import { call, codeOf } from "#test/workers/gateway/client";
import { expectSound, loans } from "./history.ts";
import { asTeam, hire, objectOf, openTeamDesk, type TeamDesk, userChat } from "./team-desk.ts";

const LEND = "I want to borrow tool T-101";

let desk: TeamDesk;
beforeAll(async () => {
  desk = await openTeamDesk();
});

/** Asks for a loan; answers the id of the call that waits for the team. */
async function askForLoan(tab: Tab): Promise<string> {
  const frames = await tab.say(LEND);
  const [card] = dataOf(frames, "chat.tool_call").filter(
    ({ interaction_type }) => interaction_type === "approval",
  );
  expect(card).toMatchObject({ awaiting_response: false, payload: { waits_for: "team" } });
  expect(dataOf(frames, "chat.awaiting_reply")).toMatchObject([{ reason: "operator" }]);
  expect(dataOf(frames, "chat.run_complete")).toMatchObject([{ status: "paused" }]);
  return card!.tool_call_id;
}

const decideAs = (chat_id: string, id: string, approved: boolean, who = desk.operator) =>
  asTeam(desk, `/approvals/${id}`, { chat_id, approved }, who);

function ended(tab: Tab, status: string, runs = 1) {
  const count = () => dataOf(tab.frames, "chat.run_complete").filter((it) => it.status === status).length;
  return tab.until(() => count() >= runs);
}

test("the team's yes carries the call out as the same run, also after an eviction", async () => {
  const { tab, chat_id } = await userChat(desk);
  const id = await askForLoan(tab);
  const { items } = (await asTeam(desk, "/approvals")).body as { items: Record<string, unknown>[] };
  expect(items.find((it) => it.tool_call_id === id)).toMatchObject({
    chat_id,
    user_id: desk.user.user_id,
    kind: "approval",
    payload: { message: "Lend Hammer drill?" },
  });
  await evictDurableObject(objectOf(desk, chat_id));
  expect(await decideAs(chat_id, id, true)).toMatchObject({ status: 200 });
  await ended(tab, "completed");
  const runs = dataOf(tab.frames, "chat.run_start").map(({ run_id }) => run_id);
  expect(new Set(runs).size).toBe(1);
  expect(dataOf(tab.frames, "chat.tool_response").at(-1)).toMatchObject({ tool_call_id: id, status: "ok" });
  expect(await loans(desk, chat_id)).toBe(1);
  await expectSound(desk, chat_id);
  const after = (await asTeam(desk, "/approvals")).body as { items: { tool_call_id: string }[] };
  expect(after.items.map(({ tool_call_id }) => tool_call_id)).not.toContain(id);
  tab.close();
});

test("T27 what the team decides, the person who chats can't, whatever they send", async () => {
  const { tab, chat_id } = await userChat(desk);
  const id = await askForLoan(tab);
  tab.send("tool_call_response", { tool_call_id: id, response: { approved: true } });
  const ack = await tab.until(({ type }) => type === "ack.tool_call_response");
  expect(ack.data).toMatchObject({ status: "rejected" });
  expect(await loans(desk, chat_id)).toBe(0);
  tab.close();
});

test("while the team thinks the person goes on talking; the answer comes back as the run that asked", async () => {
  const { tab, chat_id } = await userChat(desk);
  const id = await askForLoan(tab);
  const run = dataOf(tab.frames, "chat.run_start")[0]?.run_id;
  expect(textOf(await tab.say("Where is tool T-101?"))).toContain("B4");
  await evictDurableObject(objectOf(desk, chat_id));
  await tab.say("hello");
  await expectSound(desk, chat_id);
  const from = tab.frames.length;
  await decideAs(chat_id, id, true);
  await tab.until(({ type }) => type === "chat.run_complete", from);
  const later = tab.frames.slice(from);
  expect(dataOf(later, "chat.run_start")).toMatchObject([{ run_id: run }]);
  expect(dataOf(later, "chat.tool_response").at(-1)).toMatchObject({ tool_call_id: id, status: "ok" });
  expect(dataOf(later, "chat.run_complete")).toMatchObject([{ run_id: run, status: "completed" }]);
  expect(textOf(later).length).toBeGreaterThan(0);
  expect(await loans(desk, chat_id)).toBe(1);
  expect(textOf(await tab.say("Where is tool T-101?"))).toContain("B4");
  await expectSound(desk, chat_id);
  tab.close();
});

test("F06 of five who decide at once one counts, the others are told so, it happens once, and all tabs see the same", async () => {
  const { tab, chat_id, path } = await userChat(desk);
  const tabs = [tab, ...(await Promise.all([1, 2, 3, 4].map(() => openTab(path, desk.user))))];
  const id = await askForLoan(tab);
  const team = [
    desk.operator,
    desk.owner,
    ...(await Promise.all([1, 2, 3].map(() => hire(desk, "operator")))),
  ];
  const answers = await Promise.all(team.map((who, n) => decideAs(chat_id, id, n % 2 === 0, who)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const it of answers.filter(({ status }) => status !== 200))
    expect(it.body).toMatchObject({ error: { code: "CONFLICT", details: { reason: "already_decided" } } });
  await ended(tab, "completed");
  expect(dataOf(tab.frames, "chat.tool_response").filter((it) => it.tool_call_id === id)).toHaveLength(1);
  expect(await loans(desk, chat_id)).toBe(
    answers.findIndex(({ status }) => status === 200) % 2 === 0 ? 1 : 0,
  );
  await Promise.all(tabs.map((it) => ended(it, "completed")));
  const again = await openTab(path, desk.user);
  const ends = [...tabs, again].map((it) => JSON.stringify(dataOf(it.frames, "chat.tool_response")));
  expect(new Set(ends).size).toBe(1);
  for (const it of [...tabs, again]) it.close();
});

test("T27 an approval is void when what it showed has changed since", async () => {
  const { tab, chat_id } = await userChat(desk);
  const id = await askForLoan(tab);
  await tab.say("hello");
  await runInDurableObject(objectOf(desk, chat_id), (_, { storage: { sql } }) => {
    sql.exec(
      `UPDATE runs SET state = json_set(state, '$.pending.shown', '{"tool_code":"T-100"}') WHERE status = 'paused'`,
    );
  });
  const from = tab.frames.length;
  await decideAs(chat_id, id, true);
  await tab.until(({ type }) => type === "chat.run_complete", from);
  expect(dataOf(tab.frames.slice(from), "chat.tool_response").at(-1)).toMatchObject({ success: false });
  expect(await loans(desk, chat_id)).toBe(0);
  tab.close();
});

test("a person who asks for a human is talked with by one, and the agents go on from what was said", async () => {
  const { tab, chat_id, path } = await userChat(desk);
  const asked = await tab.say("I want to speak to a human colleague");
  expect(dataOf(asked, "chat.awaiting_reply"), textOf(asked)).toMatchObject([{ reason: "operator" }]);
  const chats = (await asTeam(desk, "/chats?waiting=true")).body as { items: { chat_id: string }[] };
  expect(chats.items.map((it) => it.chat_id)).toContain(chat_id);
  const seat = await openTab(`/ws/operator/${desk.enterprise_id}/${chat_id}`, desk.operator);
  expect(await asTeam(desk, `/chats/${chat_id}/operator/join`, {})).toMatchObject({ status: 200 });
  const joined = await tab.until(({ type }) => type === "chat.operator_joined");
  expect(joined.data).toEqual({ operator: "Opal Operator" });
  const shown = await seat.until(({ type }) => type === "chat.operator_joined");
  expect(shown.data).toEqual({ operator: "Opal Operator", operator_id: desk.operator.user_id });
  const other = await asTeam(desk, `/chats/${chat_id}/operator/join`, {}, desk.owner);
  expect(other.body).toMatchObject({ error: { code: "CONFLICT", details: { reason: "taken" } } });

  tab.send("user.input.submit", { text: "Is the drill any good?" });
  await seat.until((it) => it.type === "chat.text" && it.data.content === "Is the drill any good?");
  await evictDurableObject(objectOf(desk, chat_id));
  const runs = dataOf(tab.frames, "chat.run_start").length;
  await asTeam(desk, `/chats/${chat_id}/operator/say`, { text: "It is the best one we have." });
  const said = await tab.until((it) => it.type === "chat.text" && it.data.role === "assistant");
  expect(said.data).toMatchObject({ content: "It is the best one we have.", operator: "Opal Operator" });
  expect(dataOf(tab.frames, "chat.run_start")).toHaveLength(runs);

  const from = tab.frames.length;
  await asTeam(desk, `/chats/${chat_id}/operator/leave`, {});
  await tab.until(({ type }) => type === "chat.run_complete", from);
  const back = tab.frames.slice(from);
  expect(back[0]).toMatchObject({ type: "chat.operator_left", data: { operator: "Opal Operator" } });
  expect(dataOf(back, "chat.run_complete")).toMatchObject([{ status: "completed" }]);
  expect(textOf(await tab.say("Where is tool T-101?"))).toContain("B4");
  await expectSound(desk, chat_id);
  const again = await openTab(path, desk.user);
  expect(dataOf(again.frames, "chat.text").filter((it) => it.operator)).toHaveLength(1);
  for (const it of [tab, seat, again]) it.close();
});

test("an operator who takes over stops the run that is going on; what they leave unanswered the agents answer", async () => {
  const { tab, chat_id } = await userChat(desk);
  await tab.say("hello");
  await asTeam(desk, `/chats/${chat_id}/operator/join`, {}, desk.owner);
  const from = tab.frames.length;
  tab.send("user.input.submit", { text: "Where is tool T-101?" });
  await tab.until(({ type }) => type === "chat.input_ack", from);
  await evictDurableObject(objectOf(desk, chat_id));
  await asTeam(desk, `/chats/${chat_id}/operator/leave`, {}, desk.owner);
  await tab.until(({ type }) => type === "chat.run_complete", from);
  expect(textOf(tab.frames.slice(from))).toContain("B4");
  // The agents have not said a word while the operator had the chat.
  const order = tab.frames.slice(from).map(({ type }) => type);
  expect(order.indexOf("chat.run_start")).toBeGreaterThan(order.indexOf("chat.operator_left"));
  expect(await asTeam(desk, `/chats/${chat_id}/operator/say`, { text: "x" })).toMatchObject({ status: 409 });
  tab.close();
});

test("T13 whoever is no operator any more can't decide, and is out of the room at once", async () => {
  const { tab, chat_id } = await userChat(desk);
  const id = await askForLoan(tab);
  const temp = await hire(desk, "operator", "Tom Temp");
  const seat = await openTab(`/ws/operator/${desk.enterprise_id}/${chat_id}`, temp);
  const usage = dataOf(seat.frames, "chat.usage_delta");
  expect(usage.length).toBeGreaterThan(0);
  expect(usage.every((it) => it.cost_nano === undefined && it.balance_nano === undefined)).toBe(true);
  seat.send("user.input.submit", { text: "as the user" });
  expect((await seat.until(({ type }) => type === "chat.error")).data).toMatchObject({ code: "FORBIDDEN" });
  await asTeam(desk, `/chats/${chat_id}/operator/join`, {}, temp);
  await tab.until(({ type }) => type === "chat.operator_joined");
  const path = `/api/apps/${desk.enterprise_id}/members/${temp.user_id}`;
  const changed = await call(path, { method: "PATCH", token: desk.owner.token, json: { role: "viewer" } });
  expect(changed.status).toBe(200);
  await expect(seat.until(({ type }) => type === "chat.operator_left")).rejects.toThrow("closed 4401");
  await tab.until(({ type }) => type === "chat.operator_left");
  expect(codeOf(await decideAs(chat_id, id, true, temp))).toBe("FORBIDDEN");
  expect(codeOf(await asTeam(desk, `/chats/${chat_id}/operator/say`, { text: "x" }, temp))).toBe("FORBIDDEN");
  expect(await loans(desk, chat_id)).toBe(0);
  tab.close();
});

test("T06 the object itself serves nobody of another tenant, and F23 a stop takes the question back", async () => {
  const { tab, chat_id } = await userChat(desk);
  const id = await askForLoan(tab);
  const foreign = { enterprise_id: "ent_other", user_id: "x", name: "X" };
  const object = objectOf(desk, chat_id);
  for (const command of [
    { do: "decide", tool_call_id: id, approved: true },
    { do: "join" },
    { do: "say", text: "hi" },
    { do: "leave" },
  ] as const)
    expect(await object.asTeam(foreign, command)).toMatchObject({ ok: false, code: "NOT_FOUND" });
  await tab.say("hello");
  const { run_id } = dataOf(tab.frames, "chat.run_start")[0]!;
  const from = tab.frames.length;
  tab.send("chat.cancel", { run_id });
  await tab.until(({ type }) => type === "chat.run_complete", from);
  const refused = await decideAs(chat_id, id, true);
  expect(refused.body).toMatchObject({ error: { code: "CONFLICT", details: { reason: "closed" } } });
  expect(await loans(desk, chat_id)).toBe(0);
  await expectSound(desk, chat_id);
  tab.close();
});

test("F22 a decision that was written before the process died is carried out when the chat wakes, once", async () => {
  for (const talk of [false, true]) {
    const { tab, chat_id, path } = await userChat(desk);
    const id = await askForLoan(tab);
    if (talk) await tab.say("hello");
    tab.close();
    await runInDurableObject(objectOf(desk, chat_id), (_, { storage: { sql } }) => {
      const answer = JSON.stringify({ approved: true });
      sql.exec("UPDATE waits SET status = 'decided', decided_by = 'op', answer = ?", answer);
    });
    await evictDurableObject(objectOf(desk, chat_id));
    const late = await openTab(path, desk.user);
    await ended(late, "completed", talk ? 2 : 1);
    expect(dataOf(late.frames, "chat.tool_response").at(-1)).toMatchObject({
      tool_call_id: id,
      status: "ok",
    });
    expect(await loans(desk, chat_id)).toBe(1);
    await expectSound(desk, chat_id);
    late.close();
  }
});

test("F20 the process dies between setting the question aside and the next run: nothing is lost or doubled", async () => {
  const { tab, chat_id, path } = await userChat(desk);
  const id = await askForLoan(tab);
  await tab.say("hello");
  tab.close();
  // As it stood then: the run is aside, the message not yet taken.
  await runInDurableObject(objectOf(desk, chat_id), (_, { storage: { sql } }) => {
    sql.exec("DELETE FROM runs WHERE n = (SELECT max(n) FROM runs)");
    sql.exec("DELETE FROM entries WHERE n > (SELECT n FROM entries WHERE entry LIKE '%\"done\":false%')");
    sql.exec("UPDATE inputs SET taken = 0 WHERE n = (SELECT max(n) FROM inputs)");
  });
  await evictDurableObject(objectOf(desk, chat_id));
  const late = await openTab(path, desk.user);
  await ended(late, "completed", 2);
  await decideAs(chat_id, id, true);
  await ended(late, "completed", 3);
  expect(await loans(desk, chat_id)).toBe(1);
  await expectSound(desk, chat_id);
  late.close();
});

test("a person joins a chat whose takeover was cut short: joining again completes it", async () => {
  const { tab, chat_id } = await userChat(desk);
  await askForLoan(tab);
  await runInDurableObject(objectOf(desk, chat_id), (_, { storage: { sql } }) => {
    const half = { user_id: desk.operator.user_id, name: "Opal Operator", at: Date.now(), arrived: false };
    sql.exec("INSERT OR REPLACE INTO meta (name, value) VALUES ('operator', ?)", JSON.stringify(half));
  });
  await evictDurableObject(objectOf(desk, chat_id));
  const say = () => asTeam(desk, `/chats/${chat_id}/operator/say`, { text: "Here I am." });
  expect((await say()).status).toBe(409);
  expect((await asTeam(desk, `/chats/${chat_id}/operator/join`, {})).status).toBe(200);
  expect((await say()).status).toBe(200);
  await expectSound(desk, chat_id);
  expect(dataOf(tab.frames, "chat.operator_joined")).toHaveLength(1);
  await asTeam(desk, `/chats/${chat_id}/operator/leave`, {});
  tab.close();
});
