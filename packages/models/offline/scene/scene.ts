import type { Day } from "../read/calendar.ts";

/** What the system prompt says, taken apart. */
export type Persona = {
  /** "Refund handler", or null if the prompt does not say who it is. */
  title: string | null;
  app: string | null;
  about: string | null;
  /** What it handles, in one sentence. */
  handles: string | null;
  today: Day | null;
  person: string | null;
  /** `$`, `€`, `£`, or null when no currency is stated. */
  currency: string | null;
  /** Sentences of the prompt that state facts a person may ask for. */
  facts: Fact[];
};

/** A sentence and what it is about. */
export type Fact = { text: string; terms: Set<string> };

export type PropertyKind =
  | "enum"
  | "boolean"
  | "integer"
  | "number"
  | "money"
  | "date"
  | "datetime"
  | "time"
  | "email"
  | "phone"
  | "url"
  | "code"
  | "person"
  | "prose"
  | "text"
  | "list"
  | "other";

/** One property of a tool's input schema. */
export type Property = {
  name: string;
  /** As people say it: "order number". */
  label: string;
  description: string;
  kind: PropertyKind;
  required: boolean;
  schema: Schema;
  /** Concepts of its name and title. */
  terms: Set<string>;
};

/** The part of JSON Schema that is understood. */
export type Schema = Record<string, unknown>;

export type Action = "find" | "create" | "cancel" | "change" | "other";

export type ToolKind = "work" | "card" | "handoff";

export type ToolFacts = {
  name: string;
  kind: ToolKind;
  description: string;
  /** First word of the name: "request". */
  verb: string;
  /** What stands between verb and noun: "for" in "apply for a job", else "". */
  particle: string;
  /** The rest, as people say it: "refund". */
  noun: string;
  action: Action;
  properties: Property[];
  /** Word stems of its name and description: the very words count a little more than their synonyms. */
  stems: Set<string>;
  /** Concepts of its name and description, not of its values. */
  own: Set<string>;
  /** Concept → weight of the best place it stands in. */
  terms: Map<string, number>;
};

/** What happened in a conversation, in order. */
export type Happening =
  | { type: "user"; text: string }
  | { type: "said"; text: string }
  | { type: "call"; id: string; tool: string; args: Record<string, unknown> }
  | { type: "result"; id: string; tool: string; outcome: Outcome };

/** A tool's answer in one shape, whatever shape it came in. */
export type Outcome = {
  ok: boolean;
  declined: boolean;
  /** The person wrote something else instead of answering a card. */
  dismissed: boolean;
  error: string | null;
  /** Rows found or written; one for a single row. */
  rows: Record<string, unknown>[] | null;
  single: boolean;
  count: number | null;
  /** Whatever else it said: a card's answer, plain facts. */
  facts: Record<string, unknown>;
  text: string | null;
};

export type Scene = { persona: Persona; tools: ToolFacts[]; happenings: Happening[] };
