import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { downFrame } from "#protocol/frames/down";
import { parseUp } from "#protocol/frames/parse-up";
import { SCHEMA_VERSION } from "#protocol/version";

const FIXTURES = join(import.meta.dirname, "../../fixtures");

/** Logs as older servers wrote them; an old client was written against these. */
function oldLogs(): Record<string, unknown>[][] {
  return readdirSync(join(FIXTURES, "objects")).map((age) => {
    const db = new DatabaseSync(":memory:");
    db.exec(readFileSync(join(FIXTURES, "objects", age, "chat-session.sql"), "utf8"));
    const rows = db.prepare("SELECT frame FROM log ORDER BY seq").all();
    return rows.map(({ frame }) => JSON.parse(String(frame)));
  });
}

test("F07 what a client of an older day sends, in every form of it, is understood", () => {
  const frames = JSON.parse(readFileSync(join(FIXTURES, "wire/up-v1.json"), "utf8")) as {
    sent: unknown;
    is: string;
  }[];
  for (const { sent, is } of frames)
    expect({ sent, type: typeOf(JSON.stringify(sent)) }).toEqual({ sent, type: is });
});

function typeOf(text: string): string {
  const parsed = parseUp(text);
  return parsed.ok ? parsed.frame.type : parsed.code;
}

test("F07 a log of an older day reads as frames of today, of the same version, with all that they said", () => {
  const logs = oldLogs();
  expect(logs.length).toBeGreaterThanOrEqual(3);
  for (const frame of logs.flat()) {
    const read = downFrame.safeParse(frame);
    expect(read.success, JSON.stringify(frame)).toBe(true);
    // Nothing that the older client reads has gone from the schema.
    expect(read.data?.data).toEqual(frame.data);
    expect(frame.schema_version).toBe(SCHEMA_VERSION);
  }
});

test("F07 a frame type that is newer than this server is told so by a code, not by a closed socket", () => {
  expect(parseUp('{"type":"chat.of_tomorrow","data":{}}')).toMatchObject({
    ok: false,
    code: "UNKNOWN_FRAME",
  });
});
