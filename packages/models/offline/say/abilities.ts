import type { Persona, Scene, ToolFacts } from "../scene/scene.ts";
import {
  capitalise,
  isPlural,
  isUncountable,
  joined,
  plural,
  singular,
  uncapitalise,
  withArticle,
} from "../text/grammar.ts";
import { termSet, terms } from "../text/terms.ts";

const SAID: Record<string, string> = {
  find: "look up",
  get: "look up",
  lookup: "look up",
  fetch: "look up",
  read: "look up",
  retrieve: "look up",
  locate: "find",
  list: "show you",
  browse: "show you",
  display: "show you",
  show: "show you",
  view: "show you",
  search: "search",
  check: "check",
  track: "track",
  see: "show you",
};

/** Lists of the person's own things say so. */
const OWN = /\b(?:own|their|your|my|(?:person|user|customer|member|patient|client|employee|guest)'s)\b/i;

/** A tool as something one can be helped with: "look up an order", "request a refund". */
function abilityOf(tool: ToolFacts): string {
  const verb = [SAID[tool.verb] ?? tool.verb, tool.particle].filter(Boolean).join(" ");
  const { noun } = tool;
  if (!noun) return verb;
  if (/^(?:list|search|browse|show|display|view)$/.test(tool.verb) || isPlural(noun)) {
    const things = isUncountable(noun) ? noun : plural(singular(noun));
    return verb === "show you"
      ? `show you ${OWN.test(tool.description) ? "your " : ""}${things}`
      : `${verb} ${verb === "search" ? "for " : ""}${things}`.replace("search for for", "search for");
  }
  return isUncountable(noun) ? `${verb} your ${noun}` : `${verb} ${withArticle(noun)}`;
}

/** "I can look up an order and request a refund." with what colleagues do, or what the agent is for. */
export function abilities(scene: Scene): string {
  const work = scene.tools.filter(({ kind }) => kind === "work");
  const lines: string[] = [];
  const own = [...new Set(work.map(abilityOf))].slice(0, 6);
  if (own.length > 0) lines.push(`I can ${joined(own)}.`);
  const others = scene.tools.filter(({ kind }) => kind === "handoff").slice(0, 6);
  if (others.length > 0) lines.push(colleagues(others, own.length > 0 ? "also " : ""));
  if (lines.length === 0)
    lines.push(
      scene.persona.handles
        ? `I'm here for ${uncapitalise(scene.persona.handles).replace(/[.\s]+$/, "")}.`
        : "I can answer what I know about this app.",
    );
  return lines.join(" ");
}

/** Descriptions that say what someone does, not what it is about. */
const DOES =
  /^(?:answers|greets|helps|handles|manages|looks|finds|takes|tells|explains|brings|gives|shows|sends|makes|checks|creates|collects|keeps|plans|records|books|tracks|guides|assists|supports|processes|deals|arranges|suggests|recommends|solves|welcomes)\b/i;

/** "My colleagues can help with leads and consultations."; by their names where those say who they are. */
function colleagues(tools: readonly ToolFacts[], also: string): string {
  const subjects = tools.map(subjectOf);
  if (subjects.every((it) => it !== null))
    return `${tools.length > 1 ? "My colleagues" : "A colleague"} can ${also}help with ${joined(byCommas(subjects))}.`;
  return `I can ${also}bring in ${joined(tools.map(colleague))}.`;
}

/** What a colleague is for, "leads", or null if they are better named by their role. */
function subjectOf(tool: ToolFacts): string | null {
  const what = handledBy(tool);
  if (!what || what.length > 140 || DOES.test(what) || ROLE.test(titleOf(tool))) return null;
  return uncapitalise(what);
}

/** What is a list itself comes last, or nobody could tell where it ends. */
function byCommas(subjects: readonly string[]): string[] {
  return [...subjects.filter((it) => !/[,]/.test(it)), ...subjects.filter((it) => /[,]/.test(it))];
}

/** "leads", or "Refund handler": what a colleague is offered by. */
export function topicOf(tool: ToolFacts): string {
  return subjectOf(tool) ?? titleOf(tool);
}

/** "I can bring in a colleague for leads or for consultations." */
export function whichColleague(tools: readonly ToolFacts[]): string {
  const offered = tools.slice(0, 6);
  const subjects = offered.map(subjectOf);
  if (subjects.every((it) => it !== null))
    return `I can bring in a colleague for ${joined(byCommas(subjects), "or for")}.`;
  return `I can bring in ${joined(offered.map(colleague), "or")}.`;
}

function handledBy(tool: ToolFacts): string | undefined {
  return /(?:handles?|deals? with|looks after|takes care of):?\s+([\s\S]+)$/i
    .exec(tool.description)?.[1]
    ?.split(/[:;]\s/, 1)[0]
    ?.trim()
    .replace(/[.\s]+$/, "");
}

/** "the Refund handler (refunds for orders)". */
function colleague(tool: ToolFacts): string {
  const name = titleOf(tool);
  const what = handledBy(tool);
  if (what && DOES.test(what)) return `the ${name}, who ${uncapitalise(what)}`;
  const subject = subjectOf(tool);
  if (subject) return `a colleague for ${subject}`;
  const told = termSet(name);
  const more = what && what.length <= 140 && terms(what).some((term) => !told.has(term));
  return more ? `the ${name} (${uncapitalise(what)})` : `the ${name}`;
}

export function titleOf(tool: ToolFacts): string {
  const named = /\b(?:over|off|on|to) to ([^,.:]{2,80}?)(?:,|\.|:|$)/i.exec(tool.description)?.[1]?.trim();
  return (named ?? capitalise(tool.noun)).replace(/^the /i, "");
}

/**
 * "I'm the Order tracker of Acme." A title that is no person's names a task: "I look after refunds at Acme." What
 * the app's name says already is not said twice: "I'm the Law Firm assistant."
 */
export function introduction({ title, app }: Persona): string {
  const same = title !== null && app !== null && title.toLowerCase() === app.toLowerCase();
  if (!title || same) return app ? `I'm the assistant of ${app}.` : "I'm the assistant of this app.";
  if (ROLE.test(title)) {
    const at = title.lastIndexOf(" ");
    const [about, role] = at < 0 ? ["", title] : [title.slice(0, at), title.slice(at + 1)];
    const named = termSet(app ?? "");
    const repeats = at > 0 && terms(about).length > 0 && terms(about).every((term) => named.has(term));
    if (!app || !repeats) return `I'm the ${title}${app ? ` of ${app}` : ""}.`;
    return named.size <= terms(about).length ? `I'm the ${app} ${role}.` : `I'm the ${role} of ${app}.`;
  }
  return `I look after ${uncapitalise(title)}${app ? ` at ${app}` : ""}.`;
}

/** How titles of people end. */
const ROLE =
  /(?:handler|tracker|finder|helper|assistant|agent|receptionist|manager|planner|advis[eo]r|coach|tutor|master|guide|desk|clerk|concierge|specialist|expert|host|bot|team|trainer|organi[sz]er|scheduler|coordinator|buddy|chef|keeper|librarian|teacher|nurse|officer)$/i;
