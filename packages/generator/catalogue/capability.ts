import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { Column, Table } from "#protocol/app-file/table";
import type { Tool } from "#protocol/app-file/tool";
import type { Brief } from "../brief/brief.ts";

/**
 * How a prompt asks for a capability. `phrases`: words in a row, anywhere. `pairs`: one of the verbs with one of
 * the nouns. `nouns`: named alone ("an app with reservations"). `verbs`: enough by themselves. All in base form.
 */
export type Cues = {
  phrases?: readonly string[];
  pairs?: readonly { verbs: readonly string[]; nouns: readonly string[] }[];
  nouns?: readonly string[];
  verbs?: readonly string[];
  /** Verbs that ask for something else, whatever the nouns are. */
  unless?: readonly string[];
  /** Words that say that something else is meant, even where a phrase fits. */
  without?: readonly string[];
};

/** What was asked for: the thing, what is done with it, choices that were named, the whole brief. */
export type Ask = { noun: string; verb: string | null; items: readonly string[]; brief: Brief };

export type Planned = {
  name: string;
  title: string;
  description: string;
  /** The table it works on; null for one that only talks and hands over. */
  table: string | null;
  tables: Record<string, Table>;
  words: Record<string, string>;
};

/** Everything a workflow is written from: the plan's own words and table, which a person may have edited. */
export type Site = {
  app: string;
  workflow: string;
  title: string;
  description: string;
  words: Record<string, string>;
  tableName: string;
  table: Table;
  tables: Record<string, Table>;
  /** The app's other workflows. */
  siblings: readonly { name: string; capability: string; words: Record<string, string> }[];
  /** Its own record number in sample data: the creator's, and another person's. */
  mine: SampleKey | null;
  theirs: SampleKey | null;
};
export type SampleKey = { key: string; values: Record<string, string | number | boolean | null> };

export type Built = {
  description: string;
  /** What a person can do here, behind "I can help you": `book a haircut`. */
  offer?: string;
  /** What the agent does and how, as sentences; the common rules are added to them. */
  instructions: string[];
  tools: Record<string, Tool>;
  cases: AcceptanceCase[];
  welcome: string;
  suggestions: string[];
  /** Files it cites, by name under `knowledge/`. */
  knowledge?: Record<string, string>;
};

export type Capability = {
  id: string;
  cues: Cues;
  plan: (ask: Ask) => Planned;
  build: (site: Site) => Built;
  /** Whether an app can have it several times, for different things: rooms to reserve and bikes to rent. */
  several?: true;
  /** Whether people who chat here can ask for a human of the team. */
  human?: true;
};

export type Columns = Record<string, Column>;
export type Cell = string | number | boolean | null;
