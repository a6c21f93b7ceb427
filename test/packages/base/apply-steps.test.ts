import { expect, test } from "vitest";
import { applySteps } from "#base/apply-steps";
import { nodeSql } from "#test/support/sqlite";

const FIRST = "CREATE TABLE a (x INTEGER)";
const SECOND = ["INSERT INTO a (x) VALUES (1)", "INSERT INTO a (x) VALUES (2)"];
const THIRD = "INSERT INTO a (x) VALUES (3)";

test("a step runs once, in its order, however often it is asked for and however many come at a time", () => {
  for (const cut of [0, 1, 2, 3]) {
    const sql = nodeSql();
    const steps = [FIRST, SECOND, THIRD];
    applySteps(sql, steps.slice(0, cut));
    for (let again = 0; again < 3; again += 1) applySteps(sql, steps);
    expect(sql.exec("SELECT x FROM a").map(({ x }) => x)).toEqual([1, 2, 3]);
    expect(sql.exec("SELECT n FROM steps").map(({ n }) => n)).toEqual([0, 1, 2]);
  }
});

test("notes of an older hand, that began to count at 1 or told when, are gone on with", () => {
  const sql = nodeSql();
  sql.exec("CREATE TABLE _steps (step INTEGER PRIMARY KEY) STRICT");
  sql.exec(FIRST);
  sql.exec("INSERT INTO _steps (step) VALUES (1)");
  applySteps(sql, [FIRST, THIRD], { table: "_steps", column: "step" });
  expect(sql.exec("SELECT step FROM _steps").map(({ step }) => step)).toEqual([1, 2]);
  applySteps(sql, [SECOND], { table: "told", column: "step", at: 7 });
  expect(sql.exec("SELECT step, at FROM told")).toEqual([{ step: 0, at: 7 }]);
});
