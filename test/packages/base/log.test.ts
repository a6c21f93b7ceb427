import { expect, test } from "vitest";
import { jsonLog } from "#base/log";

test("F44 a sink that is down ends nothing; the first line that gets through says how many were dropped", () => {
  const lines: string[] = [];
  let down = true;
  const log = jsonLog((line) => {
    if (down) throw new Error("no sink");
    lines.push(line);
  });
  for (let n = 0; n < 3; n += 1) log("info", "run.started", { n });
  down = false;
  log("warn", "run.failed", { run_id: "r" });
  log("info", "run.started");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: "warn", event: "run.failed", run_id: "r", dropped: 3 },
    { level: "info", event: "run.started" },
  ]);
});

test("T65 what people wrote is in no line, also where a statement that failed repeats its values", () => {
  const lines: string[] = [];
  const cause = new Error(
    'Failed query: update "chat" set "title" = ? where "chat_id" = ?\nparams: My secret\nwish,chat_1',
  );
  jsonLog((line) => lines.push(line))("warn", "chat.touch_failed", {
    chat_id: "chat_1",
    cause: String(cause),
  });
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    level: "warn",
    event: "chat.touch_failed",
    chat_id: "chat_1",
    cause: 'Error: Failed query: update "chat" set "title" = ? where "chat_id" = ?',
  });
});
