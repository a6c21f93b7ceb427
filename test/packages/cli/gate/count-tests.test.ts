import { expect, test } from "vitest";
import { countTests } from "#cli/gate/vitest-step";

const file = (status: string, tests: number) => ({ status, assertionResults: Array(tests).fill({}) });

test("tests are counted as vitest reports them", () => {
  const report = { numPassedTests: 3, numFailedTests: 2, testResults: [file("failed", 5)] };
  expect(countTests(report, false)).toEqual({ passed: 3, failed: 2 });
});

test("a file that fails before its tests is a failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 0,
    testResults: [file("passed", 3), file("failed", 0)],
  };
  expect(countTests(report, false)).toEqual({ passed: 3, failed: 1 });
});

test("a run that fails after its tests is a failure", () => {
  expect(
    countTests({ numPassedTests: 3, numFailedTests: 0, testResults: [file("passed", 3)] }, false),
  ).toEqual({
    passed: 3,
    failed: 1,
  });
});

test("a run of no tests, or one that leaves no report, has failed", () => {
  expect(countTests({ numPassedTests: 0, numFailedTests: 0, testResults: [] }, true)).toEqual({
    passed: 0,
    failed: 1,
  });
  expect(countTests(null, true)).toEqual({ passed: 0, failed: 1 });
});
