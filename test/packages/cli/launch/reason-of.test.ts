import { expect, test } from "vitest";
import { reasonOf } from "../../../../packages/cli/launch/ensure-deps.mjs";

test("of npm's long report a person gets the reason", () => {
  const report = `npm warn Unknown user config "nodedir".
npm error code ECONNREFUSED
npm error syscall connect
npm error errno ECONNREFUSED
npm error FetchError: request to http://localhost:9/zod failed, reason: connect ECONNREFUSED
npm error     at ClientRequest.<anonymous> (index.js:130:14)
npm error A complete log of this run can be found in: debug-0.log`;
  expect(reasonOf(report)).toBe(
    "FetchError: request to http://localhost:9/zod failed, reason: connect ECONNREFUSED",
  );
});

test("a report without a reason gives none", () => {
  expect(reasonOf("")).toBe("");
});
