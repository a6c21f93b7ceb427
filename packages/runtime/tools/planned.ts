import type { Outcome } from "../transcript.ts";

/** A value of a card: what it is called in the app, how a person reads it. */
export type Fact = { name: string; label: string; value: string };

/** Where a call goes beyond the platform. `says`: something of the model's own making goes along. */
export type Sends = { to: string; writes: boolean; says: boolean };

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
      /** Of a tool that reaches the outside. */
      sends?: Sends;
      /** Who is asked to agree, where that is known already: in a replay. */
      asks?: "user" | "operator" | "nobody";
      /** False: twice is not as good as once, so it is noted before it is done and never repeated by itself (F21). */
      repeatable?: boolean;
      /** Does it, once per call however often it is repeated (where it is `repeatable`). */
      act: () => Promise<Outcome>;
    };
