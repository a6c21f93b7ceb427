import type { AuditEntry } from "#protocol/api/audit";
import { humanise } from "../chat/humanise.ts";
import { money } from "../ui/amounts.ts";

type Details = AuditEntry["details"];
type Names = ReadonlyMap<string, string>;

/** Families of deeds, as the log can be asked for them. */
export const FAMILIES = [
  { value: "app", label: "App settings" },
  { value: "builds", label: "Builds" },
  { value: "versions", label: "Versions" },
  { value: "workflows", label: "Workflows" },
  { value: "data", label: "Data" },
  { value: "knowledge", label: "Knowledge" },
  { value: "members", label: "Team" },
  { value: "invitations", label: "Invitations" },
  { value: "users", label: "Users" },
  { value: "people", label: "Personal data" },
  { value: "approvals", label: "Approvals" },
  { value: "operator", label: "Taken-over chats" },
  { value: "replays", label: "Replays" },
  { value: "domains", label: "Domains" },
  { value: "keys", label: "API keys" },
  { value: "secrets", label: "Secrets" },
  { value: "identity", label: "Signed identity" },
  { value: "webhooks", label: "Webhooks" },
  { value: "hooks", label: "Incoming hooks" },
  { value: "audit", label: "Audit log" },
] as const;

/** What was done, as it goes on after who did it; `it` is what it was done to, named for people. */
const DEEDS: Record<string, (it: string, details: Details) => string> = {
  "app.change": () => "changed the app’s settings",
  "app.set_logo": () => "changed the logo",
  "app.remove_logo": () => "removed the logo",
  "app.unpublish": () => "unpublished the app",
  "app.delete": () => "tried to delete the app",
  "app.export": () => "took out all of the app’s data",
  "app.import": (_, { version }) => `imported files${asVersion(version)}`,
  "builds.start": () => "asked for a change",
  "builds.answer": () => "answered a build’s questions",
  "builds.approve": () => "approved a plan",
  "builds.publish": () => "published a build",
  "builds.cancel": () => "stopped a build",
  "builds.override": () => "published a build over red conversations",
  "versions.save": (_, { version }) => `saved files${asVersion(version)}, as the draft`,
  "versions.publish": (it) => `made version ${it} live`,
  "workflows.register": (_, { workflow, version }) => `registered ${text(workflow)}${asVersion(version)}`,
  "workflows.override": (_, { workflow }) => `registered ${text(workflow)} over red conversations`,
  "data.remove_samples": () => "removed the sample rows",
  "data.add_row": (it) => `added a row to ${it}`,
  "data.change_row": (it) => `changed a row of ${it}`,
  "data.remove_row": (it) => `removed a row of ${it}`,
  "data.import": (it) => `imported rows into ${it}`,
  "knowledge.add": () => "added a file to the knowledge",
  "knowledge.remove": () => "removed a file from the knowledge",
  "members.change": (it, { to }) => `made ${it} ${article(text(to))}`,
  "members.remove": (it) => `took ${it} off the team`,
  "members.transfer": (it) => `handed the app over to ${it}`,
  "invitations.create": (it, { role }) => `invited ${it} as ${article(text(role))}`,
  "invitations.resend": () => "sent an invitation again",
  "invitations.revoke": () => "took an invitation back",
  "invitations.accept": () => "joined the team",
  "users.change": (it) => `changed what ${it} may do`,
  "users.invite": (it) => `let ${it} in`,
  "users.uninvite": (it) => `took ${it} off the guest list`,
  "users.make_link": () => "made a link to join by",
  "users.end_link": () => "ended the link to join by",
  "people.export": (it) => `took out what the app holds of ${it}`,
  "people.erase": (it) => `erased what the app holds of ${it}`,
  "approvals.decide": (_, { approved }) => (approved ? "approved a call" : "declined a call"),
  "operator.join": () => "took over a chat",
  "operator.leave": () => "gave a chat back",
  "replays.start": (_, { version, chats }) => `replayed ${count(chats, "chat")}${withVersion(version)}`,
  "replays.cancel": () => "stopped a replay",
  "domains.add": (it) => `added the domain ${it}`,
  "domains.check": (it) => `had the domain ${it} checked`,
  "domains.set_primary": (it) => `made ${it} the main domain`,
  "domains.remove": (it) => `removed the domain ${it}`,
  "keys.create": (_, { name }) => `made the API key “${text(name)}”`,
  "keys.rename": () => "renamed an API key",
  "keys.revoke": (_, { name }) => (name ? `revoked the API key “${text(name)}”` : "revoked an API key"),
  "secrets.set": (it) => `set the secret ${it}`,
  "secrets.remove": (it) => `removed the secret ${it}`,
  "identity.change": () => "changed how visitors are signed in",
  "identity.add_secret": () => "made a secret for signed identity",
  "identity.remove_secret": () => "removed a secret for signed identity",
  "webhooks.add": (_, { host }) => `added a webhook${host ? ` to ${text(host)}` : ""}`,
  "webhooks.change": () => "changed a webhook",
  "webhooks.remove": () => "removed a webhook",
  "webhooks.rotate": () => "gave a webhook a new secret",
  "webhooks.test": () => "sent a webhook a test",
  "webhooks.replay": () => "sent a webhook’s events again",
  "webhooks.switched_off": () => "switched a webhook off",
  "hooks.new_secret": (it) => `made a new secret for the hook ${it}`,
  "audit.export": (_, { format }) => `took out the audit log as ${text(format).toUpperCase()}`,
};

/** Said in the sentence already. */
const SAID: Record<string, readonly string[]> = {
  "app.import": ["version"],
  "versions.save": ["version"],
  "workflows.register": ["workflow", "version"],
  "workflows.override": ["workflow"],
  "members.change": ["to"],
  "invitations.create": ["role"],
  "approvals.decide": ["approved"],
  "replays.start": ["version"],
  "keys.create": ["name"],
  "keys.revoke": ["name"],
  "webhooks.add": ["host"],
  "audit.export": ["format"],
};

/** What somebody did, to be read after their name. `names`: of accounts, by id. */
export function deedWords({ action, target, details }: AuditEntry, names: Names): string {
  const known = Object.hasOwn(DEEDS, action) ? DEEDS[action] : undefined;
  // What was refused as no valid name has none.
  const it = target === null ? "without a name" : (names.get(target) ?? shortId(target));
  if (known) return known(it, details);
  const [family = "", deed = ""] = [
    action.slice(0, action.indexOf(".")),
    action.slice(action.indexOf(".") + 1),
  ];
  const what = `${humanise(family)}: ${humanise(deed).toLowerCase()}`;
  return target === null ? what : `${what}, ${it}`;
}

/** Who did it: a member by name, a former one by address, a key, or the platform. */
export function actorName({ actor }: AuditEntry, names: Names): string {
  if (actor.role === "platform") return "The platform";
  const known = names.get(actor.user_id) ?? actor.email;
  if (known) return known;
  return actor.role === "key" ? `API key …${actor.user_id.slice(-6)}` : shortId(actor.user_id);
}

/** Why it was refused, after "Refused: "; null when it was done. */
export function refusalOf({ outcome }: AuditEntry): string | null {
  if (outcome === "done") return null;
  return Object.hasOwn(REFUSALS, outcome)
    ? (REFUSALS[outcome] ?? "")
    : humanise(outcome.toLowerCase()).toLowerCase();
}

const REFUSALS: Record<string, string> = {
  FORBIDDEN: "their role doesn’t include this",
  NOT_FOUND: "it is not there",
  CONFLICT: "it conflicts with what is there",
  BAD_REQUEST: "it was not valid",
  ACCEPTANCE_FAILED: "the app’s own conversations did not pass",
  INVALID_WORKFLOW: "the files do not fit together",
  FRESH_SIGN_IN_NEEDED: "they had to sign in again first",
  INTERNAL: "something went wrong on our side",
};

/** A field that was changed, with what it was where the log tells it; or a fact that stands alone (`before` is absent). */
export type Told = { name: string; before?: string; after: string };

/** The differences a row tells of, and what else it knows that its sentence does not say. */
export function toldOf({ action, details }: AuditEntry): Told[] {
  const said = SAID[action] ?? [];
  return Object.entries(details)
    .filter(([name]) => !said.includes(name))
    .map(([name, value]) => {
      const label = FIELD_WORDS[name] ?? humanise(name);
      if (isChange(value))
        return { name: label, before: shown(name, value.before), after: shown(name, value.after) };
      return { name: label, after: shown(name, value) };
    });
}

const FIELD_WORDS: Record<string, string> = {
  show_cost: "Shows costs",
  time_zone: "Time zone",
  slug: "Address",
  branding: "Look",
  url: "Address",
  red: "Red conversations",
  chat_id: "Chat",
  from: "From",
  base_version: "Made of version",
  live_version: "Live version",
  primary_host: "Main domain",
  admitted: "Let in",
  guests: "Guests may chat",
  turn_nano: "Limit of a turn",
  chat_nano: "Limit of a chat",
  user_day_nano: "Limit of a person, a day",
  user_month_nano: "Limit of a person, a month",
  workflow_month_nano: "Limit of a workflow, a month",
  app_month_nano: "Limit of the app, a month",
  chat_rate_per_minute: "Messages a minute",
  sockets_per_user: "Connections of a person",
};

/** Amounts are nano-dollars on the wire. */
function shown(name: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (name.endsWith("_nano") && /^\d+$/.test(String(value))) return money(String(value));
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map((it) => shown("", it)).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function isChange(value: unknown): value is { before: unknown; after: unknown } {
  return typeof value === "object" && value !== null && "before" in value && "after" in value;
}

/** Ids tell people nothing: the end of one is enough to tell two apart. */
function shortId(target: string): string {
  if (!/^[a-z]+_[0-9a-z]{20,}$/.test(target)) return target;
  return `${target.startsWith("user_") ? "person " : ""}…${target.slice(-6)}`;
}

const text = (value: unknown) => (typeof value === "string" ? value : String(value ?? ""));
const asVersion = (version: unknown) => (version === undefined ? "" : ` as version ${text(version)}`);
const withVersion = (version: unknown) => (version === undefined ? "" : ` with version ${text(version)}`);
const article = (word: string) => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`);

function count(many: unknown, one: string): string {
  const number = Array.isArray(many) ? many.length : 0;
  return number === 0 ? `${one}s` : number === 1 ? `a ${one}` : `${number} ${one}s`;
}
