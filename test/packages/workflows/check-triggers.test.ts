import { expect, test } from "vitest";
import { appFile } from "#protocol/app-file/app";
import { workflowFile } from "#protocol/app-file/workflow";
import { checkApp } from "#workflows/check-app";

const workflow = {
  name: "report",
  title: "Report",
  description: "Reports.",
  entry: true,
  entry_agent: "reporter",
  agents: { reporter: { description: "Reports.", instructions: "Report." } },
};

function findings(triggers: unknown[]) {
  const report = workflowFile.parse({ ...workflow, triggers });
  const app = appFile.parse({ name: "App" });
  return checkApp({ app, workflows: { report }, acceptance: {} }).map(
    ({ path, message }) => `${path.replace("workflows/report/workflow.yaml: ", "")} ${message}`,
  );
}

test("triggers that work are taken", () => {
  expect(
    findings([
      { kind: "schedule", cron: "0 9 * * 1-5", time_zone: "Europe/Berlin", input: "Report of {date}" },
      { kind: "schedule", cron: "*/5 * * * *", input: "Look" },
      { kind: "webhook", name: "order-paid", input: "Order {body.order.id} was paid." },
    ]),
  ).toEqual([]);
});

test("each thing that is wrong with a trigger is said at its place", () => {
  expect(
    findings([
      { kind: "schedule", cron: "* * * * *", input: "Look at {body.x}" },
      { kind: "schedule", name: "twice", cron: "0 9 30 2 *", input: "x" },
      { kind: "schedule", cron: "0 9 * * 1-5", time_zone: "Mars/Base", input: "x" },
      { kind: "webhook", name: "twice", input: "{date}" },
    ]),
  ).toEqual([
    "triggers.0.cron A schedule can run at most every five minutes.",
    'triggers.0.input "{body.x}" has no value: there are {date}, {time} and {weekday}.',
    "triggers.1.cron This time never comes.",
    'triggers.2.time_zone "Mars/Base" is not the name of a time zone, like "Europe/Berlin".',
    'triggers.3.name Two triggers are called "twice".',
    'triggers.3.input "{date}" has no value: there are values like {body.order_id}.',
  ]);
});

test("an index names columns of its table", () => {
  const tables = {
    t: { title: "T", key: "a", columns: { a: { type: "text" } }, indexes: [["a"], ["a", "b"]] },
  };
  const report = workflowFile.parse(workflow);
  const app = appFile.parse({ name: "App", tables });
  expect(checkApp({ app, workflows: { report }, acceptance: {} })).toEqual([
    { path: "app.yaml: tables.t.indexes.1", message: 'There is no column "b" in this table.' },
  ]);
});
