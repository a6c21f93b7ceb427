import type { PlannerAnswer, Planning } from "#generator/planner";
import { platformPrices } from "#ledger/prices/platform-prices";
import { readProviders } from "#models/providers/config";
import { modelRegistry } from "#models/registry";
import type { PlannedBy } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import type { Answers } from "#protocol/api/question";
import { MODELS } from "#test/packages/runtime/real-chat";
import type { Answer, ModelServer } from "#test/support/model-server/model-server";
import { nodeMeter } from "#test/support/node-meter";
import { virtualTime } from "#test/support/virtual-time";
import { plannerOf } from "#workers/chat-session/planner-of";
import type { SessionOpen } from "#workers/chat-session/session-open";
import type { Env } from "#workers/env";
import { checkApp } from "#workflows/check-app";

export const PROMPT = "An app for our climbing hall where members book courses and report broken holds";
const OPEN = { chat_id: "chat_1", user_id: "user_ann", user_name: "Ann" } as SessionOpen;
/** What a model makes of it: the catalogue's ids, the person's words, and nothing of what the catalogue brings itself. */
export const GOOD = {
  name: "Climbing Hall",
  description: "Courses and broken holds.",
  brief: ["members book courses", "members report broken holds"],
  assumptions: ["Courses are held by the day."],
  workflows: [
    {
      name: "climbing-assistant",
      title: "Climbing assistant",
      description: "Finds out what members need.",
      capability: "front-desk",
      table: null,
      entry: true,
    },
    {
      name: "course-booking",
      title: "Course booking",
      description: "Lets members book a climbing course.",
      capability: "appointments",
      table: null,
      words: { noun: "climbing course", plural: "climbing courses" },
    },
    {
      name: "hold-reports",
      title: "Broken holds",
      description: "Lets members report a broken hold.",
      capability: "tickets",
      table: null,
      words: { noun: "broken hold", plural: "broken holds" },
    },
  ],
};

export const says = (value: unknown): Answer => ({
  text: pieces(typeof value === "string" ? value : JSON.stringify(value)),
});

function pieces(text: string): string[] {
  return text.match(/[\s\S]{1,200}/g) ?? [];
}

export type More = {
  prompt?: string;
  answers?: Answers;
  model?: string;
  env?: Partial<Env>;
  planning?: Planning;
  money?: bigint;
};

/** The operator's planner, whose model is a real HTTP server. */
export function plannerWith(server: ModelServer, answers: Answer[], more: More = {}) {
  server.answer(answers);
  const registry = modelRegistry({
    providers: readProviders(
      JSON.stringify({
        deepseek: { kind: "openai-compatible", base_url: `${server.url}/v1`, api_key_env: "KEY" },
        openai: { kind: "openai", base_url: `${server.url}/v1`, api_key_env: "KEY" },
        anthropic: { kind: "anthropic", base_url: `${server.url}/v1`, api_key_env: "KEY" },
        google: { kind: "google", base_url: `${server.url}/v1beta`, api_key_env: "KEY" },
      }),
    ),
    secret: () => "sk-operator",
    workersAi: null,
  });
  const meter = nodeMeter(more.money);
  const prices = platformPrices();
  meter.ledger.prices = prices;
  const time = virtualTime();
  const abort = new AbortController();
  const logged: string[] = [];
  const model = more.model ?? MODELS.messages;
  const planner = plannerOf(
    {
      ...time,
      env: { GENERATOR_MODEL: model, ...more.env } as Env,
      prices,
      resolveModel: (name) => registry.resolve(name),
      random: () => 0,
      newId: (prefix) => `${prefix}_1`,
      log: (_, event, fields) => logged.push(JSON.stringify({ event, ...fields })),
      meter: async () => meter,
      check: (files) => checkApp(files),
      signal: abort.signal,
    },
    OPEN,
    "build_1",
  );
  const planning: Planning = more.planning ?? { asks: 0, spent_nano: "0" };
  const told: string[] = [];
  async function plan(): Promise<PlannerAnswer> {
    const planned = planner({ prompt: more.prompt ?? PROMPT, answers: more.answers ?? {} }, planning);
    let next = await planned.next();
    for (; !next.done; next = await planned.next()) told.push(next.value);
    return next.value;
  }
  const rows = () =>
    meter.ledger.sql.exec(
      "SELECT call_id, agent, workflow, model, cost_nano FROM usage_rows ORDER BY row_id",
    );
  return { plan, planning, told, logged, rows, time, abort };
}

export async function planOf(made: {
  plan: () => Promise<PlannerAnswer>;
}): Promise<{ plan: Plan; by: PlannedBy }> {
  const answer = await made.plan();
  if (answer.kind !== "plan") throw new Error(`no plan: ${JSON.stringify(answer)}`);
  return answer;
}
