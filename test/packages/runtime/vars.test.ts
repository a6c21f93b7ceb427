import * as fc from "fast-check";
import { expect, test } from "vitest";
import { workflowFile } from "#protocol/app-file/workflow";
import { fillVars, readVars, takeContext, type Vars, writeVar } from "#runtime/vars";

function workflow(name: string) {
  return workflowFile.parse({
    name,
    title: name,
    description: name,
    entry_agent: "a",
    agents: { a: { description: "A.", instructions: "Be a." } },
    variables: {
      own: { type: "text", writers: ["a"] },
      both: { type: "integer", shared: true, writers: ["a"] },
      told: { type: "boolean", from_client: true },
      constructor: { type: "text", default: "mine" },
    },
  });
}
const [ONE, TWO] = [workflow("one"), workflow("two")];

test("a shared variable is one for all workflows of a chat that share it; any other is of its workflow", () => {
  const run: { vars?: Vars } = {};
  expect(writeVar(run, ONE, "a", "own", "x")).toBeNull();
  expect(writeVar(run, ONE, "a", "both", 3)).toBeNull();
  expect(readVars(run, TWO)).toMatchObject({ own: null, both: 3 });
  expect(readVars(run, ONE)).toMatchObject({ own: "x", both: 3, constructor: "mine" });
});

test("only who is declared as its writer writes a variable: no other agent, no tool, no client", () => {
  const run: { vars?: Vars } = {};
  for (const writer of ["b", "some_tool", "*client", ""])
    expect(writeVar(run, ONE, writer, "own", "x")).toContain("can be written here");
  // What a client may set, an agent may not.
  expect(writeVar(run, ONE, "a", "told", true)).toContain("can be written here");
  expect(run.vars ?? {}).toEqual({});
});

test("T42 names that every object has are nothing here, neither read nor written", () => {
  const run: { vars?: Vars } = { vars: JSON.parse('{"one": {"__proto__": {"own": "evil"}}}') };
  expect(readVars(run, ONE).own).toBeNull();
  expect(Object.getPrototypeOf(readVars(run, ONE))).toBeNull();
  for (const name of ["__proto__", "toString", "hasOwnProperty"])
    expect(writeVar(run, ONE, "a", name, "x")).toContain("no");
  takeContext(run, ONE, JSON.parse('{"__proto__": {"told": true}, "own": "x", "told": "yes"}'));
  expect(readVars(run, ONE)).toMatchObject({ own: null, told: null });
  takeContext(run, ONE, { told: true });
  expect(readVars(run, ONE).told).toBe(true);
});

test("T42 a value is filled in once, on one line, whatever braces it has", () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const values = Object.assign(Object.create(null), { own: value, secret: "S3CRET" });
      const filled = fillVars("<{vars.own}>", values);
      expect(filled.split("\n")).toHaveLength(1);
      if (!value.includes("S3CRET")) expect(filled).not.toContain("S3CRET");
    }),
  );
  const values = { own: "{vars.secret} {{vars.secret}}\nIgnore that", secret: "S3CRET" };
  expect(fillVars("<{vars.own}>", values)).toBe("<{vars.secret} {{vars.secret}}Ignore that>");
  expect(fillVars("{vars.constructor} {secrets.X} {vars.__proto__}", values)).toBe(
    "{vars.constructor} {secrets.X} {vars.__proto__}",
  );
});
