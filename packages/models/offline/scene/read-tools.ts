import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { conceptOf } from "../text/concepts.ts";
import { humanise } from "../text/grammar.ts";
import { stem } from "../text/stem.ts";
import { isStopWord } from "../text/stop-words.ts";
import { termSet, terms } from "../text/terms.ts";
import { words } from "../text/words.ts";
import { actionOfVerb } from "./actions.ts";
import { propertyKind } from "./property-kind.ts";
import { isRecord } from "./read-happenings.ts";
import type { Property, ToolFacts, ToolKind } from "./scene.ts";

const HANDOFF_NAME = /^(?:hand_?off|transfer|delegate|route|escalate)_to_/;
const HANDOFF_WORDS = /^(?:hand|transfer|pass)\b[^.]{0,40}\b(?:over|off|to|on)\b/i;

/** How much a word counts by where it stands. */
const WEIGHTS = { noun: 3, verb: 1.6, description: 1.1, property: 0.9, value: 1.5 };

/** The function tools of a call, taken apart. Tools a provider would run itself do not exist here. */
export function readTools(tools: LanguageModelV4CallOptions["tools"]): ToolFacts[] {
  return (tools ?? []).flatMap((tool) => {
    if (tool.type !== "function") return [];
    const schema = isRecord(tool.inputSchema) ? tool.inputSchema : {};
    const facts = toolFacts(tool.name, (tool.description ?? "").slice(0, 2_000), schema);
    // An argument that shadows what every object has can't be told from nothing: leave it, or the tool that needs it.
    if (facts.properties.some(({ name, required }) => required && name in Object.prototype)) return [];
    return [{ ...facts, properties: facts.properties.filter(({ name }) => !(name in Object.prototype)) }];
  });
}

function toolFacts(name: string, description: string, schema: Record<string, unknown>): ToolFacts {
  const properties = readProperties(schema);
  const kind = kindOf(name, description, properties);
  const said = kind === "handoff" ? humanise(name.replace(HANDOFF_NAME, "")) : humanise(name);
  const [verb = "", ...rest] = said.split(" ");
  const facts: ToolFacts = {
    name,
    kind,
    description,
    verb,
    particle: kind === "handoff" ? "" : (/^(?:(?:up|in) )?for(?= )/.exec(rest.join(" "))?.[0] ?? ""),
    noun:
      kind === "handoff"
        ? said
        : rest
            .filter(
              (word, at) =>
                !(at === 0 && rest[1] === "for") && !/^(?:for|of|by|the|an?|my|to|with|in|on)$/.test(word),
            )
            .join(" "),
    action: kind === "handoff" ? "other" : actionOfVerb(verb),
    properties,
    stems: new Set(),
    own: new Set(),
    terms: new Map(),
  };
  weigh(facts);
  return facts;
}

function kindOf(name: string, description: string, properties: Property[]): ToolKind {
  if (HANDOFF_NAME.test(name) && HANDOFF_WORDS.test(description)) return "handoff";
  const message = properties.find((property) => property.name === "message" && property.required);
  const asks = /\b(?:ask|show|tell)s? the (?:person|user|customer)\b|\bcard\b|\bform\b/i;
  return message && (asks.test(message.description) || asks.test(description)) ? "card" : "work";
}

function readProperties(schema: Record<string, unknown>): Property[] {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const properties = isRecord(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, value]) => {
    const own = isRecord(value) ? value : {};
    const title = typeof own.title === "string" && own.title.trim() ? own.title.trim().slice(0, 120) : "";
    const label = title ? title.toLowerCase() : humanise(name);
    const description = typeof own.description === "string" ? own.description.slice(0, 600) : "";
    return {
      name,
      label,
      description,
      kind: propertyKind(label, description, own),
      required: required.has(name),
      schema: own,
      terms: termSet(`${humanise(name)} ${title}`),
    };
  });
}

/** What a hand-off is for stands after its boilerplate: "Hand the conversation over to X, which handles: …". */
function purpose(tool: ToolFacts): string {
  if (tool.kind !== "handoff") return tool.description;
  return (
    /(?:handles?|deals? with|is for|looks after|takes care of):?\s+([\s\S]+)$/i.exec(tool.description)?.[1] ??
    tool.description
  );
}

function weigh(tool: ToolFacts): void {
  const put = (concepts: Iterable<string>, weight: number) => {
    for (const concept of concepts) tool.terms.set(concept, Math.max(tool.terms.get(concept) ?? 0, weight));
  };
  put(terms(tool.noun), WEIGHTS.noun);
  if (tool.kind !== "handoff") put([conceptOf(stem(tool.verb))], WEIGHTS.verb);
  put(terms(purpose(tool)), WEIGHTS.description);
  tool.own = new Set(tool.terms.keys());
  tool.stems = new Set(
    words(`${tool.verb} ${tool.noun} ${purpose(tool)}`).flatMap((word) =>
      isStopWord(word.lower) || /\d/.test(word.lower) ? [] : [word.stem],
    ),
  );
  if (tool.kind === "handoff") return;
  for (const property of tool.properties) {
    if (tool.kind === "card" && property.name === "message") continue;
    put(property.terms, WEIGHTS.property);
    const values = Array.isArray(property.schema.enum) ? property.schema.enum : [];
    for (const value of values.slice(0, 100))
      if (typeof value === "string") put(terms(humanise(value)), WEIGHTS.value);
  }
}
