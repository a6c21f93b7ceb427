import { test } from "vitest";
import { cutAnywhere, damagedAnyhow } from "./stream-fuzz.ts";

/** `stream-fuzz.soak.test.ts` does it ten thousand times. */
test("F16 a stream cut anywhere, also within a character, gives the same text", () => cutAnywhere(150));

test("F16 a stream with broken bytes never breaks the turn: a defined end, nothing held", () =>
  damagedAnyhow(200));
