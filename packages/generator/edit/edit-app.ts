import type { AppFiles } from "#protocol/app-file/app-files";
import { withFreshCases } from "./fresh-cases.ts";
import { type Patch, patchesBetween, same } from "./patch.ts";
import type { Context, Done, Unclear } from "./rule.ts";
import { EXAMPLES, RULES } from "./rules/all.ts";
import { cutsOf, sentencesOf } from "./split-request.ts";

/**
 * What a message asks to change. `said`: what was understood, a sentence for each instruction. Otherwise nothing
 * changes, and `message` says why, for the person; `options` are instructions that would work.
 */
export type Edit =
  | { ok: true; patches: Patch[]; said: string[] }
  | { ok: false; message: string; options: string[] };

/** What an edit may look back at. `previous`: the app before its last change, for "undo that". */
export type EditContext = { previous?: AppFiles | null };

const MAX_REQUEST = 8_000;

/**
 * Reads a message in English as changes of an app, by rules. All of it or nothing: what is not understood is said.
 * Pure; never throws, and gives up on lists that are too long.
 */
export function editApp(files: AppFiles, request: string, { previous = null }: EditContext = {}): Edit {
  const sentences = sentencesOf(request.slice(0, MAX_REQUEST));
  if (sentences.length === 0) return lost([]);
  let context: Context = { files, previous, last: null };
  const effort: Effort = { left: MAX_READS, lost: new Set() };
  const said: string[] = [];
  const unread: string[] = [];
  for (const sentence of sentences) {
    const read = readSentence(sentence, context, effort);
    if (read === null) {
      unread.push(sentence);
      continue;
    }
    if ("question" in read) return { ok: false, message: read.question, options: read.options };
    context = read.context;
    said.push(...read.said);
  }
  if (unread.length > 0) return lost(unread);
  // What is taken back is as it was, to the order of its conversations.
  const isUndone = previous !== null && same(context.files, previous);
  const patches = patchesBetween(files, isUndone ? context.files : withFreshCases(files, context.files));
  if (patches.length === 0)
    return { ok: false, message: `Nothing to change: ${said.join(" ")}`.trim(), options: [] };
  return { ok: true, patches, said };
}

type Read = { context: Context; said: string[] };
/** How much more is tried, and what was tried in vain: long lists of instructions can be cut in very many ways. */
type Effort = { left: number; lost: Set<string> };
const MAX_READS = 400;

/** One sentence, which may hold several instructions: cut where all parts are understood, else as a whole. */
function readSentence(sentence: string, context: Context, effort: Effort): Read | Unclear | null {
  if (effort.lost.has(sentence)) return null;
  const { likely, possible } = cutsOf(sentence);
  const inTwo = readCut(likely, context, effort);
  if (inTwo) return inTwo;
  const whole = readWhole(sentence, context, effort);
  if (whole && !("question" in whole)) return after(whole, context);
  const read = readCut(possible, context, effort) ?? whole;
  if (!read) effort.lost.add(sentence);
  return read;
}

function readCut(cuts: readonly [string, string][], context: Context, effort: Effort): Read | null {
  for (const [left, right] of cuts) {
    const first = readWhole(left, context, effort);
    if (!first || "question" in first) continue;
    const so = after(first, context);
    const rest = readSentence(right, so.context, effort);
    if (rest && !("question" in rest)) return { context: rest.context, said: [...so.said, ...rest.said] };
  }
  return null;
}

function readWhole(text: string, context: Context, effort: Effort): Done | Unclear | null {
  if (effort.left <= 0) return null;
  effort.left -= 1;
  for (const rule of RULES) {
    const answer = rule.read(text, context);
    if (answer) return answer;
  }
  return null;
}

function after(done: Done, context: Context): Read {
  return {
    context: { ...context, files: done.files, last: done.column ?? context.last },
    said: [done.said],
  };
}

function lost(unread: readonly string[]): Edit {
  const what = unread.map((it) => `“${it.slice(0, 160)}”`).join(", ");
  const start = what
    ? `I did not understand ${what}, so nothing was changed.`
    : "There is nothing to change in that.";
  return {
    ok: false,
    message: `${start} What works, for example: ${EXAMPLES.slice(0, 6)
      .map((it) => `“${it}”`)
      .join(", ")}.`,
    options: [...EXAMPLES],
  };
}
