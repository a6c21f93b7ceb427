import { type Document, isMap, isScalar, Pair, parseDocument, type YAMLMap } from "yaml";

/** A provider that the app's owner pays, by the name of the secret that holds its key. */
export type OwnProvider = { kind: string; base_url?: string; key?: string };

/** Who asks which model: the app, a workflow or an agent. `model` is null where it is as its surroundings have it. */
export type ModelUser = { path: string; agent: string | null; title: string; model: string | null };

export type AppModels = {
  model: string;
  fallback: string[];
  providers: Record<string, OwnProvider>;
  workflows: (ModelUser & { agents: ModelUser[] })[];
};

export const APP_FILE = "app.yaml";
/** What an app uses that names none. */
const DEFAULT_MODEL = "offline/mozaiks-1";
/** Written before what stands behind them, so that a model is not lost at a file's end. */
const BEFORE = ["entry_agent", "agents", "fallback", "providers", "currency", "roles", "tables"];

type Raw = Record<string, unknown>;

/** What an app's files say of models; null while `app.yaml` is none, as when somebody is in the middle of typing it. */
export function readModels(files: Record<string, string>): AppModels | null {
  const app = rawOf(files[APP_FILE]);
  if (!app) return null;
  const workflows = Object.keys(files).flatMap((path) => {
    const name = /^workflows\/([^/]+)\/workflow\.yaml$/.exec(path)?.[1];
    const raw = name === undefined ? null : rawOf(files[path]);
    if (name === undefined || !raw) return [];
    const agents = Object.entries(mapOf(raw.agents)).map(([agent, it]) => ({
      ...{ path, agent, title: textOf(mapOf(it).title) ?? agent, model: textOf(mapOf(it).model) },
    }));
    return [{ path, agent: null, title: textOf(raw.title) ?? name, model: textOf(raw.model), agents }];
  });
  const fallback = Array.isArray(app.fallback) ? app.fallback.filter((it) => typeof it === "string") : [];
  const providers = mapOf(app.providers) as Record<string, OwnProvider>;
  return { model: textOf(app.model) ?? DEFAULT_MODEL, fallback, providers, workflows };
}

/** The models that are asked in turn, as the runtime does: the first that is named from the inside out, then the app's others. */
export function chainOf(app: AppModels, ...inner: (string | null)[]): string[] {
  const first = inner.find((it) => it !== null) ?? app.model;
  return [...new Set([first, ...app.fallback])];
}

/** The file with a model for the app, the workflow or one agent; null takes it out. All else stays as it was written. */
export function withModel(text: string, agent: string | null, model: string | null): string {
  return edited(text, (document) => {
    const map = agent === null ? document.contents : document.getIn(["agents", agent]);
    if (isMap(map)) put(map, "model", model, agent === null ? BEFORE : ["instructions", "tools"]);
  });
}

/** `app.yaml` with these models to ask when the first does not answer. */
export function withFallback(text: string, fallback: readonly string[]): string {
  return edited(text, (document) => {
    const list = fallback.length === 0 ? null : document.createNode(fallback, { flow: true });
    if (isMap(document.contents))
      put(document.contents, "fallback", list, ["providers", "currency", "roles", "tables"]);
  });
}

/** `app.yaml` with a provider of the owner's own; null takes it out. */
export function withProvider(text: string, name: string, provider: OwnProvider | null): string {
  return edited(text, (document) => {
    if (provider) {
      document.setIn(["providers", name], document.createNode(provider));
      return;
    }
    document.deleteIn(["providers", name]);
    const left = document.get("providers");
    if (isMap(left) && left.items.length === 0) document.delete("providers");
  });
}

/** Everything that asks a model of this provider of the owner's own: it can't go before they have another. */
export function usersOf({ model, fallback, workflows }: AppModels, provider: string): string[] {
  const isOf = (name: string | null) => name?.startsWith(`own/${provider}/`) ?? false;
  const inside = workflows.flatMap((it) => [it, ...it.agents]).filter((it) => isOf(it.model));
  return [...(isOf(model) || fallback.some(isOf) ? ["the app"] : []), ...inside.map((it) => it.title)];
}

function edited(text: string, edit: (document: Document) => void): string {
  const document = parseDocument(text, { logLevel: "silent" });
  if (document.errors.length > 0) return text;
  edit(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Sets a key where it is, or before the first of those that are there; null takes it out. */
function put(map: YAMLMap, key: string, value: unknown, before: readonly string[]): void {
  if (value === null) map.delete(key);
  else if (map.has(key)) map.set(key, value);
  else {
    const at = map.items.findIndex((it) => isScalar(it.key) && before.includes(String(it.key.value)));
    map.items.splice(at < 0 ? map.items.length : at, 0, new Pair(key, value));
  }
}

function rawOf(text: string | undefined): Raw | null {
  const document = parseDocument(text ?? "", { logLevel: "silent" });
  const raw: unknown = document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 0 });
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) ? (raw as Raw) : null;
}

function mapOf(value: unknown): Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
