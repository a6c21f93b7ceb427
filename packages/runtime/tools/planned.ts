import type { Outcome } from "../transcript.ts";

/** A value of a card: what it is called in the app, how a person reads it. */
export type Fact = { name: string; label: string; value: string };

/**
 * What a tool call would do, worked out without doing it, so that an approval can show exactly that; or why it
 * can't be done, as a sentence for the model.
 */
export type Planned =
  | { ok: false; error: string }
  | {
      ok: true;
      /** What the tool's CEL conditions see. */
      variables: Record<string, unknown>;
      facts: Fact[];
      /** All that would happen, as text: an approval is void once this differs from what was shown. */
      shown: string;
      /** Does it, once per call however often it is repeated. */
      act: () => Promise<Outcome>;
    };
