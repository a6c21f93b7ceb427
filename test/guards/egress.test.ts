import { expect, test } from "vitest";
import { sources } from "./sources.ts";

/**
 * Where the platform's own fetch may be used: to be handed to the guard, and on objects and bindings of our own.
 * Everything else goes out by `guardedFetch` (T45).
 */
const MAY: Record<string, RegExp> = {
  "workers/compose.ts": /fetch: \(url, init\) => fetch\(url, init\)/,
  "packages/egress/guarded-fetch.ts": /egress\.fetch\(/,
  // An owner's own models, after the guard's check of the address.
  "workers/model-fetch.ts": /outside\.fetch\(checked\.url/,
  // One address, of the operator's provider.
  "workers/mail-for.ts": /outside\.fetch\(RESEND/,
  "workers/gateway/to-object.ts": /object\.fetch\(|fetch\(request/,
  "workers/gateway/serve-page.ts": /ASSETS\.fetch\(/,
  "workers/gateway/serve-embed.ts": /ASSETS\.fetch\(/,
  "workers/gateway/receive.ts": /gateway\.fetch\(/,
  "workers/token-ledger/token-ledger.ts": /override async fetch\(/,
  "workers/chat-session/chat-session.ts": /override async fetch\(/,
};

test("T45 nothing but the guard reaches the outside", () => {
  const wrong = sources("packages", "workers")
    .filter(({ path }) => !path.startsWith("packages/cli/"))
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line))
        .filter((line) =>
          /(?<![\w$])fetch\s*\(|globalThis\.fetch|new WebSocket\(|connect\(\s*\{\s*hostname|EventSource\(|XMLHttpRequest/.test(
            line,
          ),
        )
        .filter((line) => !(MAY[path]?.test(line) ?? false))
        .map((line) => `${path}: ${line.trim()}`),
    );
  expect(wrong).toEqual([]);
});
