import { createHmac, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { verifyVisitor } from "#identity/verify-visitor";
import { identitySample } from "../../../chatui/src/foundry/identity-sample.ts";

test("what the sample for Node signs is taken, as the visitor it names", async () => {
  const source = `${identitySample("ent_shop", "Node")}; return signVisitor;`;
  const process = { env: { MOZAIKS_IDENTITY_SECRET: "mzi_secret" } };
  const require = () => ({ createHmac, randomUUID });
  const sign = new Function("require", "process", "Buffer", source)(require, process, Buffer);
  const check = {
    enterpriseId: "ent_shop",
    algorithm: "HS256" as const,
    secrets: async () => ["mzi_secret"],
    publicKeys: [],
  };
  const visitor = await verifyVisitor(sign({ id: 17, name: "Ada" }), check, Date.now());
  expect(visitor).toMatchObject({ externalId: "17", name: "Ada", jti: expect.any(String) });
});
