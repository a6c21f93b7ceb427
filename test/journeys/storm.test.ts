import { expect, test } from "vitest";
import { runStorm } from "../support/run-storm.ts";

test("F08 a hundred pages lose their server in mid-run and come back by themselves: no frame lost, none doubled", async () => {
  const storm = await runStorm(100);
  expect(storm).toMatchObject({ clients: 100, lost: 0, doubled: 0 });
}, 120_000);
