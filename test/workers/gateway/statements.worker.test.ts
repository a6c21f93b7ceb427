import { beforeAll, expect, test } from "vitest";
import { LEDGER_LIMITS } from "#ledger/limits";
import { statement } from "#protocol/api/statement";
import { usageExportRow } from "#protocol/api/usage-export";
import { bindings, tenCents, used } from "#test/workers/token-ledger/ledger-client";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";

const ROWS = 2 * LEDGER_LIMITS.exportPageRows + 7;
/** What a spreadsheet would carry out, and what CSV has to quote. */
const NASTY = '=HYPERLINK("http://x",\r\n"y")';

let ann: Person;
let acme: MadeApp;
const path = (rest: string, of = acme) => `/api/app/usage/${of.enterprise_id}/${rest}`;

beforeAll(async () => {
  await migrate();
  ann = await signUp();
  acme = await makeApp(ann);
  const ledger = ledgerFor(bindings, acme.enterprise_id);
  for (let n = 0; n < ROWS; n++) {
    await ledger.reserve({ ...tenCents(`call_${n}`), agent: n === 0 ? NASTY : "helper" });
    await ledger.settle(`call_${n}`, [used(1 + n)]);
  }
});

test("a statement says what the grant, the use and the balance are, and adds up", async () => {
  const answer = await call(path("statement"), { token: ann.token });
  const body = statement.parse(answer.body);
  const cost = (ROWS * (ROWS + 1) * 400) / 2;
  expect(body).toMatchObject({
    closed: false,
    opening: { amount_nano: "0" },
    movements: {
      credits: [{ kind: "trial", amount_nano: "5000000000" }],
      usage: { amount_nano: `-${cost}` },
    },
    closing: { amount_nano: `${5_000_000_000 - cost}` },
    lines: [{ workflow: "support", calls: ROWS, cost_nano: `${cost}` }],
  });
  const later = await call(`${path("statement")}?period=9999-12`, { token: ann.token });
  expect({ status: later.status, code: codeOf(later) }).toEqual({ status: 404, code: "NOT_FOUND" });
});

test("the export is every row once, over many pages, as a file", async () => {
  const answer = await call(`${path("export")}?format=ndjson`, { token: ann.token });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toMatch(
    new RegExp(`^attachment; filename="usage-${acme.enterprise_id}-\\d{4}-\\d{2}.ndjson"$`),
  );
  const rows = String(answer.body)
    .trimEnd()
    .split("\n")
    .map((line) => usageExportRow.parse(JSON.parse(line)));
  expect(rows.map((row) => row.row_id)).toEqual(Array.from({ length: ROWS }, (_, n) => n + 1));
  const { body } = await call(path("statement"), { token: ann.token });
  const cost = rows.reduce((sum, row) => sum + BigInt(row.cost_nano), 0n);
  expect(String(cost)).toBe(statement.parse(body).totals.cost_nano);
});

test("as CSV it can be read back, and no cell is a formula", async () => {
  const answer = await call(path("export"), { token: ann.token });
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const [header, ...records] = parseCsv(String(answer.body));
  expect(header).toEqual(Object.keys(usageExportRow.shape));
  expect(records).toHaveLength(ROWS);
  expect(records[0]![header!.indexOf("agent")]).toBe(`'${NASTY}`);
  expect(new Set(records.map((record) => record.length))).toEqual(new Set([header!.length]));
});

test("an app's own users may neither read the statement nor the export", async () => {
  await goLive(acme.enterprise_id);
  const guest = await signUp({ at: acme.url });
  for (const name of ["statement", "export"]) {
    const answer = await call(path(name), { at: acme.url, token: guest.token });
    expect({ name, status: answer.status, code: codeOf(answer) }).toEqual({
      name,
      status: 403,
      code: "FORBIDDEN",
    });
  }
});

test.each(["export?format=xlsx", "export?period=2026-13", "statement?period=soon"])(
  "%s is 400",
  async (rest) => {
    expect(codeOf(await call(path(rest), { token: ann.token }))).toBe("BAD_REQUEST");
  },
);

/** RFC 4180, the other way round. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [[]];
  for (const [whole, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (whole === "") break;
    records.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") records.push([]);
  }
  return records.filter((record) => record.length > 0);
}
