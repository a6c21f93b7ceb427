import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { dataOf, openTab, textOf } from "#test/support/chat-client";
import { call, makeApp, migrate, type Person, signUp } from "#test/workers/gateway/client";
import { parseYaml } from "#workflows/parse-yaml";

const EXAMPLES = import.meta.glob<string>("../../../packages/workflows/examples/*.yaml", {
  query: "?raw",
  import: "default",
  eager: true,
});

let owner: Person;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
});

type Open = { enterprise_id: string; chat_id: string; path: string };

/** A chat with a workflow that is registered over HTTP: its own conversations pass first. */
async function chatWith(definition: unknown, by = owner): Promise<Open> {
  const { enterprise_id } = await makeApp(by, "Troupe");
  const registered = await call("/api/workflows/register", {
    token: by.token,
    json: { enterprise_id, definition },
  });
  if (registered.status !== 201) throw new Error(JSON.stringify(registered.body));
  const { workflow_name } = registered.body as { workflow_name: string };
  const started = await call(`/api/chats/${enterprise_id}/${workflow_name}/start`, {
    token: by.token,
    json: { force_new: true },
  });
  const { chat_id } = started.body as { chat_id: string };
  return {
    enterprise_id,
    chat_id,
    path: `/ws/${workflow_name}/${enterprise_id}/${chat_id}/${by.user_id}`,
  };
}

function exampleOf(name: string): Record<string, unknown> {
  const [, text = ""] = Object.entries(EXAMPLES).find(([path]) => path.endsWith(`/${name}.yaml`)) ?? [];
  const parsed = parseYaml(name, text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value as Record<string, unknown>;
}

function objectOf({ enterprise_id, chat_id }: Open) {
  return env.CHAT_SESSION.getByName(`${enterprise_id}:${chat_id}`);
}

test.each(Object.keys(EXAMPLES).map((path) => path.replace(/^.*\/|\.yaml$/g, "")))(
  "the example of %s registers: its conversations pass through the real Worker",
  async (name) => {
    // A trial is its maker's: five apps have one.
    expect((await chatWith(exampleOf(name), await signUp())).chat_id).toBeTruthy();
  },
);

/** Everything of the hidden ones has a word that nothing else has. */
const CANARY = /canary|QUIETBIRD/i;
const HIDING = {
  name: "hiding",
  title: "Hiding",
  description: "Answers questions.",
  entry_agent: "front",
  variables: { mark: { type: "text", writers: ["canary-judge"] } },
  agents: {
    front: {
      description: "Answers about the weather.",
      instructions: "The weather is fine today.",
      panel: ["canary-reader"],
      asks: ["canary-helper"],
      next: [{ to: "canary-judge" }],
    },
    "canary-reader": {
      title: "Canary reader",
      description: "Canary facts.",
      instructions: "The QUIETBIRD sings. Look it up.",
      hidden: true,
      tools: ["find_canary"],
    },
    "canary-helper": {
      title: "Canary helper",
      description: "Helps with parcels and canary parcels.",
      instructions: "QUIETBIRD parcels.",
      hidden: true,
      tools: ["find_canary"],
    },
    "canary-judge": {
      title: "Canary judge",
      description: "Canary judging.",
      instructions: "QUIETBIRD judges.",
      hidden: true,
      output: {
        schema: {
          type: "object",
          properties: { canary_mark: { type: "string" } },
          required: ["canary_mark"],
        },
        writes: { mark: "canary_mark" },
      },
      next: [{ to: "end" }],
    },
  },
  tools: {
    find_canary: {
      kind: "table",
      description: "Find the weather and parcels.",
      table: "canaries",
      action: "find",
    },
  },
  tables: {
    canaries: {
      title: "Canaries",
      owner: "shared",
      key: "name",
      columns: { name: { type: "text", title: "Name" } },
      sample: [{ values: { name: "Tweety" } }],
    },
  },
};

test("T31 a hidden agent is in no frame, live, replayed or over HTTP; what it uses is counted under a neutral name", async () => {
  const chat = await chatWith(HIDING);
  const tab = await openTab(chat.path, owner);
  await tab.say("How is the weather?");
  await tab.say("Ask about canary parcels");
  const live = tab.raw.filter((frame) => !frame.includes('"chat.text"')).join("\n");
  // The judge did judge, and the reader did read: it is not that nothing happened.
  const kept = await runInDurableObject(objectOf(chat), (_, { storage: { sql } }) =>
    sql.exec("SELECT value FROM meta WHERE name = 'vars'").one(),
  );
  expect(String(kept.value)).toContain("mark");
  const rows = await runInDurableObject(objectOf(chat), (_, { storage: { sql } }) =>
    JSON.stringify(sql.exec("SELECT entry FROM entries").toArray()),
  );
  for (const name of ["ask_canary_reader", "ask_canary_helper"]) expect(rows).toContain(name);
  expect(live).not.toMatch(CANARY);
  expect(live).not.toContain("Tweety_");
  tab.close();
  const again = await openTab(chat.path, owner, -1);
  const replayed = again.raw.filter((frame) => !frame.includes('"chat.text"')).join("\n");
  expect(replayed).not.toMatch(CANARY);
  const usage = dataOf(again.frames, "chat.usage_delta");
  expect(new Set(usage.map(({ agent }) => agent))).toEqual(new Set(["front", "internal"]));
  const summary = dataOf(again.frames, "chat.usage_summary").at(-1);
  expect(summary?.by_agent.map(({ key }) => key).sort()).toEqual(["front", "internal"]);
  again.close();
  const http = await call(`/api/chats/${chat.enterprise_id}/${chat.chat_id}/events?after=-1`, {
    token: owner.token,
  });
  const items = (http.body as { items: { type: string }[] }).items.filter(({ type }) => type !== "chat.text");
  expect(items.length).toBeGreaterThan(5);
  expect(JSON.stringify(items)).not.toMatch(CANARY);
  const meta = await call(`/api/chats/meta/${chat.enterprise_id}/hiding/${chat.chat_id}`, {
    token: owner.token,
  });
  expect(JSON.stringify(meta.body)).not.toMatch(CANARY);
  const list = await call(`/api/workflows?enterprise_id=${chat.enterprise_id}`, { token: owner.token });
  expect(JSON.stringify(list.body)).not.toMatch(CANARY);
  const found = await call(`/api/workflows/discover/${chat.enterprise_id}`);
  expect(JSON.stringify(found.body)).not.toMatch(CANARY);
});

const CITY = {
  name: "city",
  title: "City",
  description: "Answers about a city.",
  entry_agent: "guide",
  variables: {
    city: { type: "enum", values: ["Oslo", "Rome"], from_client: true },
    secret: { type: "text", default: "none", writers: [] },
  },
  agents: {
    guide: { description: "Guides.", instructions: "The city here is {vars.city} of {vars.secret}." },
  },
};

test("T42 T44 a client's context sets declared variables of this chat only, and nothing else", async () => {
  const chat = await chatWith(CITY);
  const tab = await openTab(chat.path, owner);
  const context = { city: "Oslo", secret: "taken", __proto__: { city: "Rome" }, constructor: "x" };
  await tab.say("What is the city here?", { context });
  await tab.say("What is the city here?", { context: { city: "Atlantis" } });
  expect(textOf(tab.frames).match(/Oslo of none/g)).toHaveLength(2);
  tab.close();
  // Another chat of the same app starts without it.
  const other = await openTab(chat.path.replace(chat.chat_id, `${chat.chat_id}-b`), owner);
  await other.say("What is the city here?");
  expect(textOf(other.frames)).not.toContain("Oslo");
  other.close();
});

test("F10 a run that loses its process while one agent asks another goes on in the private conversation", async () => {
  const chat = await chatWith(exampleOf("star"));
  const tab = await openTab(chat.path, owner);
  await tab.say("hello");
  tab.close();
  const asked = { tool_call_id: "call_x", tool_name: "ask_pool", args: { request: "how warm is the pool" } };
  await runInDurableObject(objectOf(chat), (_, { storage: { sql } }) => {
    const entry = (row: unknown, scope: string | null) =>
      sql.exec("INSERT INTO entries (entry, scope) VALUES (?, ?)", JSON.stringify(row), scope);
    entry({ kind: "user", message_id: "msg_x", text: "Ask the pool how warm the pool is" }, null);
    entry({ kind: "assistant", message_id: "msg_y", agent: "concierge", text: "", calls: [asked] }, null);
    entry({ kind: "user", message_id: "msg_z", text: "how warm is the pool", scope: "call_x" }, "call_x");
    const [last] = sql.exec("SELECT state FROM runs ORDER BY n DESC LIMIT 1").toArray();
    const stack = [{ workflow: "hotel", agent: "pool", call: asked }];
    const run = JSON.stringify({ ...JSON.parse(String(last?.state)), run_id: "run_x", steps: 1, stack });
    sql.exec("INSERT INTO runs SELECT 'run_x', max(n) + 1, 'running', ?, NULL FROM runs", run);
  });
  await evictDurableObject(objectOf(chat));
  const late = await openTab(chat.path, owner);
  await late.until(({ type, data }) => type === "chat.run_complete" && data.run_id === "run_x");
  expect(textOf(late.frames)).toContain("24");
  const left = await runInDurableObject(objectOf(chat), (_, { storage: { sql } }) =>
    Number(sql.exec("SELECT count(*) AS n FROM entries WHERE scope IS NOT NULL AND taken_back = 0").one().n),
  );
  expect(left).toBe(0);
  late.close();
});

/** Rows the chat's database reads and writes while something is done. */
async function rowsOf(chat: Open, act: () => Promise<unknown>): Promise<{ read: number; written: number }> {
  const cursors: { rowsRead: number; rowsWritten: number }[] = [];
  await runInDurableObject(objectOf(chat), (_, { storage: { sql } }) => {
    const exec = sql.exec.bind(sql);
    Object.defineProperty(sql, "exec", {
      configurable: true,
      value: (...args: Parameters<typeof exec>) => {
        const cursor = exec(...args);
        cursors.push(cursor);
        return cursor;
      },
    });
  });
  await act();
  const sum = await runInDurableObject(objectOf(chat), (_, { storage: { sql } }) => {
    Reflect.deleteProperty(sql, "exec");
    return {
      read: cursors.reduce((total, it) => total + it.rowsRead, 0),
      written: cursors.reduce((total, it) => total + it.rowsWritten, 0),
    };
  });
  expect(cursors.length).toBeGreaterThan(10);
  return sum;
}

/** A chat's past, as its rows: so many messages of the person, each answered. */
async function live(chat: Open, messages: number): Promise<void> {
  await runInDurableObject(objectOf(chat), (_, { storage: { sql } }) => {
    const next = Number(sql.exec("SELECT max(seq) AS n FROM log").one().n) + 1;
    const before = Number(
      sql.exec("SELECT count(*) AS n FROM log WHERE type IN ('chat.text', 'chat.stream_end')").one().n,
    );
    for (let n = 0; n < messages; n += 1) {
      const user = n % 2 === 0;
      const text = `Message ${n} about tea number ${n}.`;
      const entry = user
        ? { kind: "user", message_id: `old_${n}`, text }
        : { kind: "assistant", message_id: `old_${n}`, agent: "guide", text, calls: [] };
      const type = user ? "chat.text" : "chat.stream_end";
      const data = user
        ? { message_id: `old_${n}`, role: "user", content: text, index: before + n }
        : { message_id: `old_${n}`, stream_id: `s${n}`, content: text };
      sql.exec("INSERT INTO entries (entry) VALUES (?)", JSON.stringify(entry));
      sql.exec(
        "INSERT INTO log (seq, type, frame) VALUES (?, ?, ?)",
        next + n,
        type,
        JSON.stringify({ type, data, seq: next + n }),
      );
    }
  });
  await evictDurableObject(objectOf(chat));
}

test("a turn in a chat of 1,000 messages reads and writes at most 1.2 times the rows of one in a chat of 10", async () => {
  const costs: Record<string, { read: number; written: number }> = {};
  for (const messages of [10, 1_000]) {
    const chat = await chatWith(CITY);
    const first = await openTab(chat.path, owner);
    await first.say("hello");
    first.close();
    await live(chat, messages);
    const tab = await openTab(chat.path, owner, 1_000_000);
    await tab.say("Good morning");
    costs[messages] = await rowsOf(chat, () => tab.say("What is the city here?"));
    const index = dataOf(tab.frames, "chat.text").at(-1)?.index;
    expect(index).toBe(messages + 4);
    tab.close();
  }
  const [short, long] = [costs[10]!, costs[1_000]!];
  expect(long.read).toBeLessThanOrEqual(1.2 * short.read);
  expect(long.written).toBeLessThanOrEqual(1.2 * short.written);
  expect(short.read).toBeGreaterThan(0);
}, 60_000);
