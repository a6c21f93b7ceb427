import { test } from "vitest";
import { cutAnywhere, damagedAnyhow } from "./stream-fuzz.ts";

test("F16 5,000 streams cut anywhere", () => cutAnywhere(5_000));

test("F16 5,000 streams with broken bytes", () => damagedAnyhow(5_000));
