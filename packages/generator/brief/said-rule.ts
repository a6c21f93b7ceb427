/** A number that something is held against: `over $50`, `more than 10 items`, `longer than 5 days`. */
export type SaidAmount = {
  op: ">" | ">=" | "<" | "<=";
  value: number;
  unit: "money" | "days" | "hours" | "things";
  /** What is counted, in the singular: `item`; "" where nothing is named. */
  noun: string;
};

export type SaidWhat =
  | { kind: "approval"; by: "user" | "operator"; when: SaidAmount | null }
  | { kind: "range"; amounts: SaidAmount[] }
  /** 0 is Sunday. */
  | { kind: "weekdays"; days: number[] }
  | { kind: "hours"; from: string; to: string; guessed: boolean }
  /** `action`: what has to be done so early. */
  | { kind: "notice"; hours: number; action: "make" | "end" | "change" }
  /** `per`: `person`, `slot`, `day`, or what else people named: `class`. */
  | { kind: "count"; max: number; per: readonly string[]; noun: string }
  | { kind: "never"; action: "end" | "change" }
  /** Something that must not be built. */
  | { kind: "without"; what: string }
  /** Understood, but nothing keeps to it; `why` completes "Not built: …". */
  | { kind: "unbuilt"; why: string }
  /** Holds for every app, so there is nothing to build. */
  | { kind: "own" };

/** A condition, and the words around it that say of what. */
export type SaidRule = SaidWhat & {
  /** As it was said. */
  text: string;
  /** What it speaks of, where its words were taken out of the clauses: `refunds`; else "". */
  subject: string;
  /** Lemmas of the stretch it stands in, and of those before it, the nearest first. */
  own: string[];
  before: string[][];
};

export type SaidRole = { name: string; where: "chat" | "team" };

export type Said = {
  rules: SaidRule[];
  /** By English name; empty where none was named. */
  languages: string[];
  roles: SaidRole[];
  currency: string | null;
};
