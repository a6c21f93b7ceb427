import fc from "fast-check";
import { expect } from "vitest";
import { type HttpKind, makeModel } from "#models/providers/make-model";
import { DIALECTS, type Dialect, framesOf, type Said } from "#test/support/model-server/dialects";
import { virtualTime } from "#test/support/virtual-time";
import { endOf, textOf } from "./real-chat.ts";
import { shopChat } from "./shop.ts";

const KINDS: Record<Dialect, HttpKind> = {
  chat: "openai-compatible",
  responses: "openai",
  messages: "anthropic",
  gemini: "google",
};

const SAID: Said = { text: ["Grüße, ", "Ann 🙂👩‍👩‍👧 ", "– 日本語", " „done“."] };
const TEXT = SAID.text!.join("");

/** A turn whose model's answers are these bytes, cut just so; the same ones however often it asks. */
async function turn(dialect: Dialect, chunks: Uint8Array[]) {
  const model = await makeModel(KINDS[dialect], "m", {
    name: "fuzz",
    base_url: "https://model.example/v1",
    api_key: "k",
    fetch: async () => {
      const left = [...chunks];
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          const next = left.shift();
          if (next) controller.enqueue(next);
          else controller.close();
        },
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    },
  });
  const chat = shopChat(model, virtualTime());
  const events = await chat.say("hello");
  const [held] = chat.meter.ledger.sql.exec("SELECT COUNT(*) AS n FROM holds WHERE state = 'open'");
  return { events, held: held?.n };
}

/** Cuts bytes at these places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [...new Set(places.map((place) => place % bytes.length))].sort((a, b) => a - b);
  return [0, ...at].map((from, n) => bytes.slice(from, at[n])).filter((chunk) => chunk.length > 0);
}

const places = fc.array(fc.nat(20_000), { maxLength: 60 });
const edits = fc.array(
  fc.record({ at: fc.nat(20_000), what: fc.constantFrom("set", "drop", "add"), byte: fc.nat(255) }),
  { minLength: 1, maxLength: 12 },
);

/** Wherever a stream is cut, also within a character, the text is the same. */
export function cutAnywhere(numRuns: number): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.constantFrom(...DIALECTS), places, async (dialect, at) => {
      const bytes = new TextEncoder().encode(framesOf(dialect, SAID).join(""));
      const { events, held } = await turn(dialect, cut(bytes, at));
      expect(textOf(events)).toBe(TEXT);
      expect([endOf(events), held]).toEqual(["completed", 0]);
    }),
    { numRuns },
  );
}

/** Whatever becomes of its bytes, a turn ends in one of the ways that turns end, and holds no money any more. */
export function damagedAnyhow(numRuns: number): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.constantFrom(...DIALECTS), places, edits, async (dialect, at, changes) => {
      const bytes = [...new TextEncoder().encode(framesOf(dialect, SAID).join(""))];
      for (const { at: place, what, byte } of changes) {
        if (what === "set") bytes[place % bytes.length] = byte;
        else bytes.splice(place % bytes.length, what === "drop" ? 1 : 0, ...(what === "add" ? [byte] : []));
      }
      const { events, held } = await turn(dialect, cut(Uint8Array.from(bytes), at));
      expect(endOf(events)).toMatch(/^(completed|failed (?!INTERNAL))/);
      expect(held).toBe(0);
      const step = events.find((event) => event.type === "step");
      expect(step?.text ?? "").toBe(textOf(events));
      expect(textOf(events)).not.toMatch(/[^\P{Cc}\t\n\r]/u);
    }),
    { numRuns },
  );
}
