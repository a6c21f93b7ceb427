import type { PlannedParts, PlannedWorkflow } from "#protocol/api/plan";
import type { SampleRow, Table } from "#protocol/app-file/table";
import { MAX_TEXT_LENGTH } from "#protocol/frames/limits";
import type { Brief } from "./brief/brief.ts";
import { readBrief } from "./brief/read-brief.ts";
import { ascii } from "./brief/words.ts";
import { capabilityOf } from "./catalogue/all.ts";
import type { Built, SampleKey, Site } from "./catalogue/capability.ts";
import { applyRules } from "./rules/apply-rules.ts";
import { conformingTables } from "./rules/conform.ts";
import { twinsOf } from "./rules/twins.ts";

export type BuiltApp = { plan: PlannedParts; tables: Record<string, Table>; sites: Site[]; built: Built[] };

/** Each workflow of a plan, built and keeping to its rules, with the tables and sample rows that this takes. */
export function buildAll(approved: PlannedParts): BuiltApp {
  const plan = tidy(approved);
  const tables: Record<string, Table> = { ...plan.tables };
  const brief = briefOf(plan);
  const first = buildPlain(plan, tables, brief);
  for (const [at, { rules = [] }] of plan.workflows.entries()) {
    const site = first.sites[at]!;
    const built = first.built[at]!;
    for (const [name, table] of Object.entries(conformingTables(built, { ...site, tables }, rules)))
      tables[name] = table;
    for (const rule of rules) {
      const twins = twinsOf(rule, { ...site, tables }, built);
      const old = twins && tables[twins.table];
      if (old) tables[twins.table] = { ...old, sample: [...old.sample, ...twins.rows].slice(0, 50) };
    }
  }
  const { sites, built } = buildPlain(plan, tables, brief);
  const currency = plan.currency ?? "USD";
  return {
    plan,
    tables,
    sites,
    built: built.map((it, at) => applyRules(it, sites[at]!, plan.workflows[at]!.rules ?? [], currency)),
  };
}

/** Each workflow as its capability builds it; a table that is gone is planned again, into `tables`. */
export function buildPlain(
  plan: PlannedParts,
  tables: Record<string, Table>,
  brief = briefOf(plan),
): { sites: Site[]; built: Built[] } {
  const sites = plan.workflows.map((planned) => siteOf(plan, planned, tables, brief));
  return { sites, built: sites.map((site, at) => capabilityOf(plan.workflows[at]!.capability).build(site)) };
}

/** Read when a table is first missing, and once: an edited plan may say more here than any prompt (T33). */
function briefOf(plan: PlannedParts): () => Brief {
  let brief: Brief | null = null;
  return () => {
    brief ??= readBrief(plan.brief.join(". ").slice(0, MAX_TEXT_LENGTH));
    return brief;
  };
}

/** The plan's table, or the one its capability would plan if it is gone, so that an edit never leaves a hole. */
function siteOf(
  plan: PlannedParts,
  planned: PlannedWorkflow,
  tables: Record<string, Table>,
  brief: () => Brief,
): Site {
  let tableName = planned.table ?? "";
  if (!Object.hasOwn(tables, tableName)) {
    const again = capabilityOf(planned.capability).plan({
      noun: planned.words.noun ?? "",
      verb: null,
      items: planned.words.items?.split(" | ") ?? [],
      brief: brief(),
    });
    tableName = again.table ?? "";
    for (const [name, table] of Object.entries(again.tables)) tables[name] ??= table;
  }
  const table = tables[tableName] ?? NO_TABLE;
  return {
    app: plan.name,
    workflow: planned.name,
    title: planned.title,
    description: planned.description,
    words: planned.words,
    tableName,
    table,
    tables,
    siblings: plan.workflows.filter((it) => it !== planned),
    mine: sampleKey(table, "creator"),
    theirs: sampleKey(table, "sample"),
  };
}

/** An edited plan, made safe to write files from: exactly one entry, and words that are words. */
function tidy(plan: PlannedParts): PlannedParts {
  const entry = plan.workflows.find((it) => it.entry) ?? plan.workflows[0];
  return {
    ...plan,
    workflows: plan.workflows.map((it) => ({ ...it, entry: it === entry, words: tidyWords(it.words) })),
  };
}

/** Nouns end up in names of tools, so only letters and digits stay; what is then empty is left to the catalogue. */
function tidyWords(words: Record<string, string>): Record<string, string> {
  const nouns = ["noun", "plural", "record", "records", "target"];
  return Object.fromEntries(
    Object.entries(words)
      .map(([name, word]) => [name, nouns.includes(name) ? ascii(word).slice(0, 48).trim() : word] as const)
      .filter(([, word]) => word !== ""),
  );
}

const NO_TABLE: Table = { title: "None", owner: "user", key: "id", columns: {}, sample: [] };

function sampleKey(table: Table, owner: SampleRow["owner"]): SampleKey | null {
  const row = table.sample.find((it) => it.owner === owner && it.values[table.key]);
  return row ? { key: String(row.values[table.key]), values: row.values } : null;
}
