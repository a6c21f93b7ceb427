import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { type Imported, importOpenapi, type Select } from "#connectors/import-openapi";
import { httpTool } from "#protocol/app-file/http-tool";
import { parseYaml } from "#workflows/parse-yaml";
import { PARCELS } from "./parcels.ts";

function load(text: string): unknown {
  const parsed = parseYaml("document", text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

function imported(document: unknown, select?: Select): Imported {
  const made = importOpenapi(document, select);
  if ("error" in made) throw new Error(made.error);
  return made;
}

test("operations become tools: names, places of parameters, bodies, ways in", () => {
  const { tools, secrets, hosts } = imported(load(PARCELS));
  expect(Object.keys(tools)).toEqual(["get_parcel", "cancel_parcel", "post_parcels"]);
  expect(tools.get_parcel).toMatchObject({
    description: "Where a parcel is.",
    method: "GET",
    url: "https://eu.parcels.example/v2/parcels/{parcel_id}",
    query: { withEvents: "{with_events}" },
    headers: { "X-Trace": "{x_trace}" },
    auth: [{ kind: "header", secret: "API_KEY_AUTH", name: "X-Api-Key" }],
    parameters: {
      parcel_id: { type: "string", minLength: 3, description: "Its number." },
      with_events: { type: "boolean", default: false },
    },
    required: ["parcel_id"],
  });
  expect(tools.get_parcel?.approval).toBeUndefined();
  expect(JSON.stringify(tools)).not.toContain("(a+)+");
  expect(tools.post_parcels).toMatchObject({
    description: "Sends a parcel.",
    approval: { by: "user" },
    body: { weight: "{weight}", size: "{size}", toCity: "{to_city}", parts: "{parts}" },
    parameters: {
      to_city: { type: "string", examples: ["Bonn"] },
      size: { enum: ["s", "m", "l"] },
      weight: { minimum: 0 },
    },
    required: ["to_city"],
    auth: [{ kind: "basic", secret: "BASIC_AUTH" }],
  });
  expect(tools.post_parcels?.parameters).not.toHaveProperty("id");
  expect(tools.cancel_parcel).toMatchObject({
    method: "DELETE",
    auth: [{ kind: "bearer", secret: "OAUTH" }],
  });
  expect(secrets).toEqual(["API_KEY_AUTH", "OAUTH", "BASIC_AUTH"]);
  expect(hosts).toEqual(["eu.parcels.example"]);
  for (const tool of Object.values(tools))
    expect(httpTool.parse(JSON.parse(JSON.stringify(tool)))).toEqual(tool);
});

test("what can't be a tool is listed with its reason", () => {
  expect(imported(load(PARCELS)).skipped).toEqual([
    { operation: "POST /labels", reason: "Its body is neither JSON nor a form." },
    { operation: "GET /login", reason: 'It needs the cookie "sid".' },
  ]);
});

test("operations are chosen by id, by method and path, and by tag", () => {
  const names = (select: Select) => Object.keys(imported(load(PARCELS), select).tools);
  expect(names({ operations: ["cancelParcel"] })).toEqual(["cancel_parcel"]);
  expect(names({ operations: ["POST /parcels"] })).toEqual(["post_parcels"]);
  expect(names({ tags: ["read"] })).toEqual(["get_parcel"]);
  expect(names({ tags: ["none"] })).toEqual([]);
});

test("3.1 types, unions and constants are told as far as they can be", () => {
  const parameters = [
    { name: "a", in: "query", schema: { type: ["null", "integer"] } },
    { name: "b", in: "query", schema: { anyOf: [{ type: "null" }, { type: "string", format: "date" }] } },
    { name: "c", in: "query", schema: { const: "x" } },
    { name: "d", in: "query", content: { "application/json": { schema: { type: "string" } } } },
  ];
  const document = {
    openapi: "3.1.0",
    servers: [{ url: "https://a.example" }],
    paths: { "/": { get: { parameters } } },
  };
  expect(imported(document).tools.get?.parameters).toMatchObject({
    a: { type: "integer" },
    b: { format: "date" },
    c: { enum: ["x"] },
    d: { type: "string" },
  });
});

test("what is no OpenAPI 3 document is refused; one without an https server gives no tool", () => {
  for (const odd of [
    null,
    7,
    "x",
    [],
    {},
    { swagger: "2.0" },
    { openapi: "2.0" },
    { openapi: 3 },
    { openapi: "3.9.0" },
  ])
    expect(importOpenapi(odd)).toHaveProperty("error");
  for (const url of ["/v1", "http://a.example", "https://{x}.example", "ftp://a", 7])
    expect(
      imported({ openapi: "3.0.0", servers: [{ url }], paths: { "/": { get: {} } } }).skipped,
    ).toHaveLength(1);
});

test("references that go in circles, lead nowhere, out, or to a prototype end", () => {
  const ref = ($ref: string) => ({ $ref });
  const schemas = {
    A: ref("#/components/schemas/B"),
    B: ref("#/components/schemas/A"),
    C: { allOf: [ref("#/components/schemas/C")] },
  };
  for (const it of [
    "#/components/schemas/A",
    "#/components/schemas/C",
    "#/nothing",
    "https://evil.example/x",
    "#/__proto__/x",
    "#/constructor",
    "#",
    "#/%",
  ]) {
    const content = { "application/json": { schema: ref(it) } };
    const made = imported({
      openapi: "3.0.0",
      servers: [{ url: "https://a.example" }],
      components: { schemas },
      paths: { "/": { post: { requestBody: { required: true, content } } } },
    });
    expect(made.skipped).toEqual([{ operation: "POST /", reason: "Nothing can be told of its body." }]);
  }
});

test("a wide and deep document gives a bounded import", () => {
  let deep: Record<string, unknown> = { type: "string" };
  for (let n = 0; n < 200; n += 1)
    deep = { type: "object", properties: Object.fromEntries(["a", "b", "c"].map((name) => [name, deep])) };
  const wide = {
    type: "object",
    properties: Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`p${n}`, { $ref: "#/components/schemas/Wide" }]),
    ),
  };
  const content = { "application/json": { schema: wide } };
  const round = imported({
    openapi: "3.0.0",
    servers: [{ url: "https://a.example" }],
    components: { schemas: { Wide: wide } },
    paths: { "/": { post: { requestBody: { content } } } },
  });
  expect(JSON.stringify(round).length).toBeLessThan(50_000);
  const paths = Object.fromEntries(
    Array.from({ length: 500 }, (_, n) => [
      `/p${n}`,
      { post: { requestBody: { content: { "application/json": { schema: deep } } } } },
    ]),
  );
  const made = imported(
    { openapi: "3.0.0", servers: [{ url: "https://a.example" }], paths: { ...paths } },
    { operations: ["POST /p1"] },
  );
  expect(JSON.stringify(made).length).toBeLessThan(200_000);
  const flat = Object.fromEntries(Object.keys(paths).map((path) => [path, { get: {} }]));
  const all = imported({ openapi: "3.0.0", servers: [{ url: "https://a.example" }], paths: flat });
  expect(Object.keys(all.tools)).toHaveLength(LIMITS.importMaxTools);
  expect(all.skipped.length).toBeLessThanOrEqual(200);
});

test("T41 any document at all gives tools that are valid or a reason, and never throws", () => {
  const name = fc.oneof(
    fc.constantFrom(
      "type",
      "properties",
      "$ref",
      "allOf",
      "schema",
      "name",
      "in",
      "required",
      "__proto__",
      "items",
    ),
    fc.string(),
  );
  const { any } = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom<unknown>("object", "string", "path", "query", "#/paths", "{a}", true, null, 7),
      fc.string(),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.array(fc.tuple(name, tie("any")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.string().map((s) => `/${s}`),
          any,
        ),
        { maxLength: 4 },
      ),
      any,
      any,
      (paths, operation, parameters) => {
        const items = paths.map(([path, it]) => [
          path,
          { get: operation, post: { parameters, requestBody: it, operationId: path }, parameters: [it] },
        ]);
        const { tools } = imported({
          openapi: "3.1.0",
          servers: [{ url: "https://a.example" }],
          security: operation,
          components: parameters,
          paths: Object.fromEntries(items),
        });
        for (const tool of Object.values(tools)) expect(httpTool.safeParse(tool).success).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
