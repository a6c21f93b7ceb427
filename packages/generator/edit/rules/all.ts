import type { Rule } from "../rule.ts";
import { approvals } from "./approvals.ts";
import { addColumn, removeColumn, required } from "./columns.ts";
import { human } from "./human.ts";
import { limits, removeLimit } from "./limits.ts";
import {
  addSuggestion,
  appName,
  colour,
  description,
  model,
  removeSuggestion,
  theme,
  welcome,
} from "./look.ts";
import { always, language, manner, tell } from "./manner.ts";
import { addOption, removeOption } from "./options.ts";
import { undo } from "./undo.ts";
import { addWorkflow, removeWorkflow, renameWorkflow } from "./workflows.ts";

/** Every kind of instruction, in the order they are tried: the first that fits counts. */
export const RULES: readonly Rule[] = [
  undo,
  welcome,
  addSuggestion,
  removeSuggestion,
  appName,
  description,
  model,
  renameWorkflow,
  colour,
  theme,
  tell,
  addOption,
  removeOption,
  required,
  human,
  addColumn,
  addWorkflow,
  approvals,
  removeLimit,
  removeColumn,
  removeWorkflow,
  limits,
  language,
  manner,
  always,
];

/** What a person may say, shown where something was not understood. */
export const EXAMPLES: readonly string[] = [
  approvals,
  addColumn,
  tell,
  colour,
  welcome,
  addWorkflow,
  ...RULES,
]
  .map((it) => it.example)
  .filter((it, at, all) => all.indexOf(it) === at);
