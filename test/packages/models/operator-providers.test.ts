import { expect, test } from "vitest";
import { readOperatorProviders } from "#models/operator-providers";

test("nothing is configured by default", () => {
  expect(readOperatorProviders("")).toEqual({ ok: true, providers: {} });
});

test("providers are read, each with its kind, address and the name of its key", () => {
  const text = JSON.stringify({
    openai: { kind: "openai", key: "OPENAI_API_KEY" },
    local: { kind: "openai-compatible", base_url: "http://127.0.0.1:11434/v1" },
    "workers-ai": { kind: "workers-ai" },
  });
  expect(readOperatorProviders(text)).toMatchObject({
    ok: true,
    providers: { local: { base_url: "http://127.0.0.1:11434/v1" } },
  });
});

test.each([
  ["not JSON", "{", "MODEL_PROVIDERS is not JSON"],
  ["an unknown kind", '{"x": {"kind": "magic"}}', "MODEL_PROVIDERS.x.kind"],
  ["a key instead of its name", '{"x": {"kind": "openai", "key": "sk-123"}}', "MODEL_PROVIDERS.x.key"],
  [
    "a compatible one without an address",
    '{"x": {"kind": "openai-compatible"}}',
    "MODEL_PROVIDERS.x.base_url",
  ],
  ["the embedded one's name", '{"offline": {"kind": "workers-ai"}}', "MODEL_PROVIDERS.offline"],
  ["a name for owners' providers", '{"own-x": {"kind": "workers-ai"}}', "MODEL_PROVIDERS.own-x"],
])("%s is refused, with its place", (_, text, issue) => {
  const read = readOperatorProviders(text);
  expect(read.ok).toBe(false);
  if (!read.ok) expect(read.issues.join()).toContain(issue);
});
