import type { Plan } from "#protocol/api/plan";

type Workflow = Plan["workflows"][number];
type Role = NonNullable<Plan["roles"]>[number];
export type ColumnType = Plan["tables"][string]["columns"][string]["type"];

/** An app's description that is made of its workflows' sentences goes on saying what they do; others' words stay. */
function described(before: Plan, after: Plan): Plan {
  const was = saidIn(before);
  const is = saidIn(after);
  const sentences = sentencesOf(before.description);
  if (!sentences.some((it) => was.has(it))) return after;
  const kept = sentences.filter((it) => !was.has(it) || is.has(it));
  const added = [...is].filter((it) => !was.has(it));
  return { ...after, description: [...kept, ...added].join(" ").slice(0, 2_000) };
}

function saidIn({ workflows }: Plan): Set<string> {
  return new Set(workflows.flatMap((it) => (it.table === null ? [] : sentencesOf(it.description))));
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?]) /).filter((it) => it !== "");
}

// Each gives a new plan. Whether an app can be built of it, the server says when it is approved.

export function changeWorkflow(
  plan: Plan,
  name: string,
  change: Partial<Pick<Workflow, "title" | "description">>,
): Plan {
  const workflows = plan.workflows.map((it) => (it.name === name ? { ...it, ...change } : it));
  return described(plan, { ...plan, workflows });
}

/** Chats start there from now on, and nowhere else. */
export function startAt(plan: Plan, name: string): Plan {
  return { ...plan, workflows: plan.workflows.map((it) => ({ ...it, entry: it.name === name })) };
}

/** Its table goes along when nothing else works on it. The last one stays: an app does something. */
export function removeWorkflow(plan: Plan, name: string): Plan {
  const gone = plan.workflows.find((it) => it.name === name);
  const workflows = plan.workflows.filter((it) => it.name !== name);
  const [first] = workflows;
  if (!gone || !first) return plan;
  const used = workflows.some((it) => it.table === gone.table);
  const tables = Object.entries(plan.tables).filter(([table]) => used || table !== gone.table);
  const left = described(plan, { ...plan, workflows, tables: Object.fromEntries(tables) });
  return gone.entry ? startAt(left, first.name) : left;
}

/** What another plan has and this one has not. */
export function addFrom(plan: Plan, other: Plan): Plan {
  const isNew = (it: Workflow) => plan.workflows.every((own) => own.name !== it.name);
  const added = other.workflows.filter(isNew).map((it) => ({ ...it, entry: false }));
  return described(plan, {
    ...plan,
    workflows: [...plan.workflows, ...added],
    tables: { ...other.tables, ...plan.tables },
  });
}

export function changeTable(plan: Plan, table: string, change: Partial<Plan["tables"][string]>): Plan {
  const before = plan.tables[table];
  return before ? { ...plan, tables: { ...plan.tables, [table]: { ...before, ...change } } } : plan;
}

/** Its name in files is made of its title; without a letter in it, and for one that is there, nothing is added. */
export function addColumn(plan: Plan, table: string, title: string, type: ColumnType): Plan {
  const name = title
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "")
    .slice(0, 40);
  const columns = plan.tables[table]?.columns;
  if (!columns || name === "" || name in columns) return plan;
  return changeTable(plan, table, {
    columns: { ...columns, [name]: { type, title: title.trim(), required: false } },
  });
}

/** From its sample rows and indexes too. The column that rows are named by stays. */
export function removeColumn(plan: Plan, table: string, column: string): Plan {
  const before = plan.tables[table];
  if (!before || before.key === column) return plan;
  const without = <T>(record: Record<string, T>) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => name !== column));
  return changeTable(plan, table, {
    columns: without(before.columns),
    sample: before.sample.map((row) => ({ ...row, values: without(row.values) })),
    ...(before.indexes && { indexes: before.indexes.filter((it) => !it.includes(column)) }),
  });
}

export function setRoles(plan: Plan, roles: Role[]): Plan {
  const { roles: _, ...rest } = plan;
  return roles.length === 0 ? rest : { ...rest, roles };
}
