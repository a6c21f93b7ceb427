import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type BuildState, newBuild, publicBuild } from "#generator/build-state";
import { planByRules } from "#generator/planner";
import { type BuildDeps, type BuildEvent, runBuild } from "#generator/run-build";
import { build as buildSchema } from "#protocol/api/build";
import type { Answers } from "#protocol/api/question";
import { checkApp } from "#workflows/check-app";

const CLEAR = "A dental clinic app where patients book appointments";
const VAGUE = "Build me an app";
const COUNTS = { input: 3_000, cache_read: 0, cache_write: 0, output: 60, reasoning: 0 };

type Ask = Partial<Pick<BuildState, "prompt" | "approve" | "publish">> & { answers?: Answers | null };

function start({ prompt = CLEAR, approve = "auto", publish = true, answers = null }: Ask = {}): BuildState {
  const ids = { build_id: "b", enterprise_id: "e", chat_id: "c" };
  return newBuild({ ...ids, prompt, approve, publish, answers });
}

/** A world that outlives processes: versions by build, and how often each was published. */
function world() {
  const versions: string[] = [];
  let held = 0;
  const deps = (signal = new AbortController().signal, more: Partial<BuildDeps> = {}): BuildDeps => ({
    plan: planByRules,
    check: (files) => checkApp(files),
    async *test(files) {
      held += 1;
      for (const [workflow, { cases }] of Object.entries(files.acceptance).slice(0, 2)) {
        yield { workflow, name: cases[0]?.name ?? "", passed: true };
      }
    },
    used: () => COUNTS,
    async publish(_, note) {
      if (versions.length === 0) versions.push(note);
      return { version: versions.length, url: "https://clinic.example" };
    },
    draft: async () => Promise.reject(new Error("only an edit is a draft")),
    edit: {
      load: async () => Promise.reject(new Error("there is no version to edit")),
      diff: () => ({ changes: [], files: [] }),
    },
    signal,
    ...more,
  });
  return { deps, versions, held: () => held };
}

/** Runs until it ends or waits; the row after each event, as it would be stored. */
async function run(state: BuildState, deps: BuildDeps, upto = Number.POSITIVE_INFINITY) {
  const events: BuildEvent[] = [];
  const rows: BuildState[] = [];
  for await (const event of runBuild(state, deps)) {
    events.push(event);
    rows.push(structuredClone(state));
    if (events.length >= upto) break;
  }
  return { events, rows };
}

/** What a person does with whatever it waits on. */
function goOn(state: BuildState): void {
  if (state.status === "live") return;
  if (state.status === "questions") state.answers = { tasks: ["book appointments"], business: "clinic" };
  if (state.status === "planned") state.approve = "auto";
  if (state.status === "ready") state.publish = true;
  state.status = "building";
}

test.each([
  [{}, ["live"]],
  [{ approve: "manual" }, ["planned", "live"]],
  [{ prompt: VAGUE, approve: "manual" }, ["questions", "planned", "live"]],
  [{ prompt: VAGUE }, ["live"]],
  [{ prompt: VAGUE, approve: "manual", answers: {} }, ["planned", "live"]],
  [{ publish: false }, ["ready", "live"]],
  [{ prompt: VAGUE, approve: "manual", publish: false }, ["questions", "planned", "ready", "live"]],
] satisfies [Ask, string[]][])("%j goes through %j", async (ask, statuses) => {
  const state = start(ask);
  const { deps, versions } = world();
  const seen: string[] = [];
  for (let n = 0; n < statuses.length; n += 1) {
    const { events } = await run(state, deps());
    seen.push(state.status);
    const waits = events.filter(({ type }) => type === "asks").length;
    const last = n === statuses.length - 1;
    expect([waits, events.filter(({ type }) => type === "ended").length]).toEqual(last ? [0, 1] : [1, 0]);
    expect(versions).toHaveLength(last ? 1 : 0);
    if (!last) goOn(state);
  }
  expect(seen).toEqual(statuses);
  expect(buildSchema.parse(publicBuild(state))).toMatchObject({ version: 1, url: "https://clinic.example" });
  expect(state.measured).toMatchObject({ conversation_usd: expect.stringMatching(/^0\.0/) });
});

test("F10 cut after any of its events, a build comes to the same end and is published once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        prompt: fc.constantFrom(CLEAR, VAGUE),
        approve: fc.constantFrom("auto" as const, "manual" as const),
        publish: fc.boolean(),
      }),
      fc.array(fc.nat(14), { maxLength: 4 }),
      async (ask, cuts) => {
        let state = start(ask);
        const { deps, versions } = world();
        for (let lives = 0; state.status !== "live" && lives < 20; lives += 1) {
          const cut = cuts[lives];
          const { rows, events } = await run(state, deps(), cut === undefined ? undefined : cut + 1);
          const died = cut !== undefined && !["asks", "ended"].includes(events.at(-1)?.type ?? "");
          if (died) state = rows.at(-1) ?? state;
          else goOn(state);
        }
        expect(state.status).toBe("live");
        expect(versions).toHaveLength(1);
        const { events } = await run(structuredClone(state), deps());
        expect(events).toEqual([{ type: "ended" }]);
      },
    ),
    { numRuns: 150 },
  );
});

test("stopped after any of its events, a build is cancelled and publishes nothing, until it goes live", async () => {
  const whole = await run(start({ publish: true }), world().deps());
  for (let at = 0; at < whole.events.length; at += 1) {
    const abort = new AbortController();
    const { deps, versions } = world();
    const state = start();
    let n = 0;
    for await (const _ of runBuild(state, deps(abort.signal))) if (n++ === at) abort.abort();
    const goesLive = whole.events
      .slice(0, at + 1)
      .some((event) => event.type === "progress" && event.step === "publish");
    expect([at, state.status, versions.length]).toEqual([
      at,
      goesLive ? "live" : "cancelled",
      goesLive ? 1 : 0,
    ]);
  }
});

test("F23 a stop that was pressed before the process died still holds, but not once it was going live", async () => {
  const { rows } = await run(start(), world().deps());
  const abort = new AbortController();
  abort.abort();
  for (const row of rows.filter(({ status }) => status !== "live")) {
    const { deps, versions } = world();
    const publishing = row.steps.at(-1)?.status === "running";
    const { events } = await run(row, deps(abort.signal));
    expect([row.status, versions.length]).toEqual(publishing ? ["live", 1] : ["cancelled", 0]);
    // No model is asked, and nothing begun, for what was stopped.
    if (!publishing) expect(events.map(({ type }) => type)).toEqual(["say", "ended"]);
  }
});

test("what was green when its process died while it went live is not held conversations with again", async () => {
  const { rows } = await run(start(), world().deps());
  const publishing = rows.find(({ steps }) => steps.at(-1)?.status === "running");
  const after = world();
  await run(publishing!, after.deps());
  expect([publishing?.status, after.held()]).toEqual(["live", 0]);
});

test("a red conversation, a fault of files and a fault of ours each end a build with nothing published", async () => {
  const red: Partial<BuildDeps> = {
    async *test() {
      yield { workflow: "w", name: "Books", passed: false, failure: "it did not" };
    },
  };
  const wrong: Partial<BuildDeps> = { check: () => [{ path: "app.yaml: name", message: "It is none." }] };
  const broken: Partial<BuildDeps> = { publish: () => Promise.reject(new Error("D1 is away")) };
  for (const [more, code] of [
    [red, "ACCEPTANCE_FAILED"],
    [wrong, "INVALID_WORKFLOW"],
    [broken, "INTERNAL"],
  ] as const) {
    const { deps, versions } = world();
    const state = start();
    const { events } = await run(state, deps(undefined, more));
    expect([state.status, state.error?.code, versions]).toEqual(["failed", code, []]);
    expect(events.at(-1)).toEqual({ type: "ended" });
    expect(JSON.stringify(events)).not.toContain("D1 is away");
  }
});

test("a version says what it was built from, and which prompt of the planner's planned it", async () => {
  const byModel: BuildDeps["plan"] = async function* (ask, planning) {
    const planned = yield* planByRules(ask, planning);
    if (planned.kind !== "plan") return planned;
    return { ...planned, by: { by: "model", asks: 1, model: "anthropic/claude", prompt_version: "7" } };
  };
  const { deps, versions } = world();
  await run(start(), deps(undefined, { plan: byModel }));
  expect(versions).toEqual([`built from: ${CLEAR} (anthropic/claude, prompt 7)`]);
});
