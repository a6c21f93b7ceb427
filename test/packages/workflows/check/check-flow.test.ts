import { expect, test } from "vitest";
import { appFile } from "#protocol/app-file/app";
import { type WorkflowDefinition, workflowDefinition } from "#protocol/app-file/workflow";
import { checkApp } from "#workflows/check-app";

const SCHEMA = {
  type: "object",
  properties: { ok: { type: "boolean" }, remark: { type: "string" } },
  required: ["ok"],
};

/** A sound workflow with everything in it. */
function sound(): WorkflowDefinition {
  return workflowDefinition.parse({
    name: "play",
    title: "Play",
    description: "A play.",
    entry: true,
    entry_agent: "writer",
    variables: {
      remark: { type: "text", writers: ["critic"] },
      round: { type: "integer", default: 0, writers: ["writer"] },
      row: { type: "text", writers: ["find_row"] },
    },
    agents: {
      writer: {
        description: "Writes.",
        instructions: "Mind {vars.remark}.",
        tools: ["find_row"],
        asks: ["helper"],
        panel: ["reader"],
        next: [{ when: "vars.round < 3", set: { round: "vars.round + 1" }, to: "critic" }, { to: "end" }],
      },
      critic: {
        description: "Judges.",
        instructions: "Judge.",
        hidden: true,
        output: { schema: SCHEMA, writes: { remark: "remark" } },
        next: [{ when: "!output.ok", to: "writer", max: 2 }, { to: "end" }],
      },
      helper: { description: "Helps.", instructions: "Help." },
      reader: { description: "Reads.", instructions: "Read.", hidden: true },
    },
    tools: {
      find_row: {
        kind: "table",
        description: "Find a row.",
        table: "rows",
        action: "find",
        saves: { row: "rows.name" },
        require: [{ when: "vars.round < 9", message: "Too late." }],
      },
      ask_person: { kind: "ui", description: "Ask.", component: "confirmation" },
    },
    tables: { rows: { title: "Rows", key: "name", columns: { name: { type: "text" } } } },
  });
}

function findings(change: (it: WorkflowDefinition) => void = () => undefined): string[] {
  const definition = sound();
  definition.agents.helper?.tools.push("ask_person");
  change(definition);
  const { tables = {}, acceptance: _, ...workflow } = definition;
  const files = { app: appFile.parse({ name: "T", tables }), workflows: { play: workflow }, acceptance: {} };
  return checkApp(files).map(({ path, message }) => `${path.replace(/^.*yaml: /, "")} | ${message}`);
}

test("rules, questions, panels, forms, variables and hidden agents that fit together have no findings", () => {
  expect(findings()).toEqual([]);
});

type Case = [string, (it: WorkflowDefinition) => void, RegExp];
const agent = (it: WorkflowDefinition, name: string) => {
  const found = it.agents[name];
  if (!found) throw new Error(name);
  return found;
};
const BROKEN: Case[] = [
  [
    "a rule to nobody",
    (it) => void agent(it, "writer").next?.unshift({ when: "true", to: "ghost" }),
    /next.0.to \| There is no agent "ghost"/,
  ],
  [
    "a rule that reads what is not there",
    (it) => void agent(it, "writer").next?.unshift({ when: "vars.nope > 1", to: "end" }),
    /next.0.when \| "vars" has no "nope"/,
  ],
  [
    "a rule on an answer that has no form",
    (it) => void agent(it, "writer").next?.unshift({ when: "output.ok", to: "end" }),
    /There is no "output" here/,
  ],
  [
    "a rule on a property the answer lacks",
    (it) => void agent(it, "critic").next?.unshift({ when: "output.nope", to: "end" }),
    /"output" has no "nope"/,
  ],
  [
    "a rule that is never used",
    (it) => void agent(it, "writer").next?.push({ to: "critic" }),
    /next.2 \| The rule before it always holds/,
  ],
  [
    "rules that go round for ever",
    (it) => {
      agent(it, "writer").next = [{ to: "critic" }];
      agent(it, "critic").next = [{ to: "writer" }];
    },
    /lead round for ever/,
  ],
  [
    "agents that ask one another",
    (it) => {
      agent(it, "helper").asks = ["writer"];
    },
    /asks \| The agents it asks ask it in turn/,
  ],
  [
    "an agent that asks itself",
    (it) => {
      agent(it, "helper").asks = ["helper"];
    },
    /asks.0 \| An agent can't ask itself/,
  ],
  [
    "a panel of nobody",
    (it) => {
      agent(it, "writer").panel = ["ghost", "reader"];
    },
    /panel.0 \| There is no agent or workflow "ghost"/,
  ],
  [
    "an agent nobody brings in",
    (it) => {
      agent(it, "writer").panel = [];
    },
    /agents.reader \| Nobody/,
  ],
  [
    "a hidden entry",
    (it) => {
      agent(it, "writer").hidden = true;
    },
    /agents.writer \| The agent that chats start with can't be hidden/,
  ],
  [
    "a hidden agent with a card",
    (it) => void agent(it, "reader").tools.push("ask_person"),
    /agents.reader.tools.0 \| A hidden agent can't ask the person/,
  ],
  [
    "a hidden agent that ends in silence",
    (it) => void agent(it, "critic").next?.pop(),
    /agents.critic.next \| People hear nothing/,
  ],
  [
    "a writer that is not declared",
    (it) => {
      it.variables!.round!.writers = [];
    },
    /next.0.set.round \| "writer" is not among the writers/,
  ],
  [
    "a form that writes what it lacks",
    (it) => {
      agent(it, "critic").output!.writes = { remark: "nope" };
    },
    /writes.remark \| The answer has no "nope"/,
  ],
  [
    "a schema that is none",
    (it) => {
      agent(it, "critic").output!.schema = {
        type: "object",
        properties: { ok: { type: "nonsense" }, remark: {} },
      };
    },
    /output.schema \| This is not a JSON Schema/,
  ],
  [
    "a default of another type",
    (it) => {
      it.variables!.round!.default = "none";
    },
    /round.default \| The default is not of type integer/,
  ],
  [
    "a writer that is not there",
    (it) => void it.variables!.round!.writers.push("ghost"),
    /round.writers.1 \| There is no agent or tool "ghost"/,
  ],
  [
    "a tool that is a writer and saves nothing",
    (it) => void delete it.tools.find_row!.saves,
    /row.writers.0 \| The tool "find_row" does not say/,
  ],
  [
    "a tool that saves what it may not",
    (it) => {
      it.tools.find_row!.saves!.remark = "rows.name";
    },
    /saves.remark \| "find_row" is not among/,
  ],
  [
    "a variable that nobody writes",
    (it) => {
      it.variables!.lost = { type: "text", writers: [] };
    },
    /variables.lost \| Nobody writes it/,
  ],
  [
    "an instruction with an unknown variable",
    (it) => {
      agent(it, "helper").instructions = "Mind {vars.nope}.";
    },
    /helper.instructions \| There is no variable "nope"/,
  ],
  [
    "a tool's condition on an unknown variable",
    (it) => {
      const tool = it.tools.find_row!;
      if (tool.kind === "table") tool.require[0]!.when = "vars.nope == 1";
    },
    /require.0.when \| "vars" has no "nope"/,
  ],
  [
    "a tool with a name of ours",
    (it) => {
      it.tools.ask_helper = it.tools.find_row!;
      agent(it, "writer").tools.push("ask_helper");
    },
    /tools.ask_helper \| "ask_helper" is the name of a tool that agents have/,
  ],
];

test.each(BROKEN)("%s is found, with its place", (_, change, message) => {
  expect(findings(change).join("\n")).toMatch(message);
});
