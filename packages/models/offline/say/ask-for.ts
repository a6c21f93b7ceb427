import { type Day, longDay } from "../read/calendar.ts";
import type { Property, ToolFacts } from "../scene/scene.ts";
import { joined, plural } from "../text/grammar.ts";

const OWN =
  /\b(?:number|id|code|reference|name|e-?mail|email|phone|address|account|date of birth|birthday)\b/;

/** A property as the person's own thing: "your order number", "the reason". */
export function nameFor(property: Property): string {
  const label =
    property.kind === "email"
      ? property.label.replace(/^e-?mail$/, "e-mail address")
      : property.kind === "phone"
        ? property.label.replace(/^phone$/, "phone number")
        : property.label;
  if (/^(?:your|the|a|an|my)\b/.test(label)) return label.replace(/^my\b/, "your");
  if (property.kind === "person" && label === "name") return "your full name";
  return `${OWN.test(label) && !/\b(?:product|item|class|course|dish|recipe|city|team)\b/.test(label) ? "your" : "the"} ${label}`;
}

/** One question for what is missing: one thing, or two that are told as easily as one. */
export function askFor(
  missing: readonly Property[],
  tool: ToolFacts,
  dayKnown: Day | null,
  today: Day | null,
): string {
  const [first, second] = missing;
  if (!first) return "";
  if (second && pairs(first) && pairs(second))
    return `Could you tell me ${nameFor(first)} and ${nameFor(second)}?${hint(first)}`;
  return question(first, tool, dayKnown, today);
}

function pairs(property: Property): boolean {
  return ["code", "email", "phone", "person", "prose", "text", "money"].includes(property.kind);
}

function question(property: Property, tool: ToolFacts, dayKnown: Day | null, today: Day | null): string {
  const { label } = property;
  switch (property.kind) {
    case "enum": {
      const options = (property.schema.enum as unknown[]).map((it) => String(it).replaceAll("_", " "));
      if (options.length > 8)
        return `Which ${label} is it? For example ${joined(options.slice(0, 5), "or")}.`;
      return `Which ${label} is it: ${joined(options, "or")}?`;
    }
    case "boolean":
      return `One more thing: ${label}, yes or no?`;
    case "date": {
      const when = whenQuestion(label, tool);
      return when ?? `What is ${nameFor(property)}?`;
    }
    case "datetime":
      if (dayKnown !== null) return `What time on ${longDay(dayKnown, today)} would suit you?`;
      return plansAhead(tool)
        ? "What day and time would suit you?"
        : `What day and time is ${nameFor(property)}?`;
    case "time":
      return plansAhead(tool) ? "What time would suit you?" : `What is ${nameFor(property)}?`;
    case "integer":
      return howMany(label);
    case "prose":
      return proseQuestion(label);
    case "person":
    case "email":
    case "phone":
    case "code":
      return `What is ${nameFor(property)}?${hint(property)}`;
    default:
      return `${/\bname$/.test(label) || !/\s/.test(label) ? "Which" : "What"} ${label.replace(/ name$/, "")} ${/\bname$/.test(label) || !/\s/.test(label) ? "would you like" : "is it"}?${hint(property)}`;
  }
}

/** "When is it due?", "When was it bought?", "What day would suit you?"; null where the label itself asks best. */
function whenQuestion(label: string, tool: ToolFacts): string | null {
  if (/^due\b|\bdue (?:date|on|by)$/.test(label)) return "When is it due?";
  const event = /^(?:date )?([a-z]+(?:ed|ught|aid|ent)) (?:on|at|date)$/.exec(label)?.[1];
  if (event) return `When was it ${event}?`;
  if (
    !/^(?:date|day|(?:preferred|appointment|booking|visit|viewing|session|class|reservation|event|desired|meeting) (?:date|day))$/.test(
      label,
    )
  )
    return null;
  return /^(?:book|schedule|reserve|reschedule|arrange|move|postpone|plan)$/.test(tool.verb)
    ? "What day would suit you?"
    : "What day is it for?";
}

function plansAhead(tool: ToolFacts): boolean {
  return /^(?:book|schedule|reserve|reschedule|arrange|request|move|plan|change|make|postpone)$/.test(
    tool.verb,
  );
}

function howMany(label: string): string {
  if (/^(?:quantity|count|number)$/.test(label)) return "How many would you like?";
  if (/^party size$/.test(label)) return "How many people will there be?";
  const counted = label.replace(/^(?:number|count) of /, "");
  if (/^[a-z]{3,}s (?:per|a|each|every) /.test(label)) return `How many ${label} is it for?`;
  if (counted !== label || /[^su]s$/.test(label)) return `How many ${plural(counted)} is it for?`;
  return `What is the ${label}?`;
}

function proseQuestion(label: string): string {
  if (/\breason\b/.test(label)) return "Could you tell me the reason?";
  if (
    /^(?:descri\w+|details?|problem|issue|what happened|problem description|issue description)$/.test(label)
  )
    return "Could you describe it in a sentence or two?";
  if (/^(?:symptoms?)$/.test(label)) return "What are the symptoms?";
  if (/^(?:question)$/.test(label)) return "What is your question?";
  if (/^(?:feedback|comments?|message)$/.test(label)) return `What would you like the ${label} to say?`;
  return `Could you tell me the ${label}?`;
}

/** What one looks like, if the schema shows it. */
function hint(property: Property): string {
  const examples = (Array.isArray(property.schema.examples) ? property.schema.examples : [])
    .filter((it) => typeof it === "string" || typeof it === "number")
    .map(String);
  if (examples.length === 0) return "";
  if (property.kind === "code") return ` It looks like ${examples[0]}.`;
  return property.kind === "text" ? ` For example ${joined(examples.slice(0, 3), "or")}.` : "";
}
