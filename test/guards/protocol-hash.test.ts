import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { SCHEMA_VERSION } from "#protocol/version";
import { CHECKOUT } from "../../packages/cli/launch/checkout.mjs";
import { read, sources } from "./sources.ts";

const LOCK = "test/guards/protocol-hash.txt";

test("the wire is what its version says", async () => {
  const locked = read(LOCK).trim();
  const now = `${SCHEMA_VERSION} ${await hashOfProtocol()}`;
  expect(
    now,
    `A schema of packages/protocol changed. If clients of ${SCHEMA_VERSION} can't live with it, raise SCHEMA_VERSION. ` +
      `Then write this line into ${LOCK}: ${now}`,
  ).toBe(locked);
});

/** SHA-256 over the JSON schema of everything that packages/protocol exports, both as it is sent and as it is read. */
async function hashOfProtocol(): Promise<string> {
  const hash = createHash("sha256");
  for (const { path } of sources("packages/protocol")) {
    const exported = (await import(join(CHECKOUT, path))) as Record<string, unknown>;
    for (const name of Object.keys(exported).sort()) {
      const shape = shapeOf(exported[name]);
      if (shape !== undefined) hash.update(`${path}#${name} ${JSON.stringify(shape)}\n`);
    }
  }
  return hash.digest("hex");
}

function shapeOf(value: unknown): unknown {
  if (value instanceof z.ZodType) {
    return [jsonSchema(value, "input"), jsonSchema(value, "output")];
  }
  return typeof value === "function" ? undefined : value;
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): unknown {
  return z.toJSONSchema(schema, { io, unrepresentable: "any", cycles: "ref" });
}
