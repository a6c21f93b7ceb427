import * as z from "zod";
import type { Egress } from "#egress/guarded-fetch";
import { type AskedJson, askJson } from "./ask-json.ts";
import { type CustomHostnames, type Hostname, OutsideError } from "./ports.ts";

/** Cloudflare for SaaS: `POST/GET/PATCH/DELETE /zones/{zone_id}/custom_hostnames`. */
export type CloudflareAccess = { api: string; token: string; zone: string };

const WHO = "The certificate service";
/** A certificate by a file that Cloudflare itself serves, once the host leads to it. */
const SSL = { method: "http", type: "dv", settings: { min_tls_version: "1.2" } };

const hostname = z.object({
  id: z.string().min(1),
  hostname: z.string(),
  status: z.string().default("pending"),
  ssl: z
    .object({
      status: z.string().default("pending_validation"),
      validation_errors: z.array(z.object({ message: z.string() })).nullish(),
    })
    .nullish(),
  verification_errors: z.array(z.string()).nullish(),
});
type Found = z.infer<typeof hostname>;
const one = z.object({ success: z.literal(true), result: hostname });
const list = z.object({ success: z.literal(true), result: z.array(hostname) });

export function cloudflareHostnames(
  outside: Pick<Egress, "fetch" | "wait">,
  { api, token, zone }: CloudflareAccess,
): CustomHostnames {
  const base = `${api}/zones/${encodeURIComponent(zone)}/custom_hostnames`;
  const ask = (path: string, it: Omit<AskedJson, "headers"> = {}) =>
    askJson(outside, WHO, `${base}${path}`, {
      ...it,
      headers: { accept: "application/json" },
      secret_headers: { authorization: `Bearer ${token}` },
    });
  const at = (id: string) => `/${encodeURIComponent(id)}`;

  async function known(host: string, id: string | null): Promise<Found | null> {
    if (id !== null) {
      const { status, json } = await ask(at(id));
      if (status !== 404) {
        const found = read(one, status, json).result;
        if (found.hostname === host) return found;
      }
    }
    // Made before, by a request whose answer was lost.
    const { status, json } = await ask(`?hostname=${encodeURIComponent(host)}`);
    return read(list, status, json).result.find((it) => it.hostname === host) ?? null;
  }

  return {
    async ensure(host, id) {
      const found = await known(host, id);
      if (found === null) {
        const made = await ask("", { method: "POST", body: { hostname: host, ssl: SSL } });
        return standing(read(one, made.status, made.json).result);
      }
      // Validation that ran out of time is begun anew by this.
      if (!/_timed_out$/.test(found.ssl?.status ?? "")) return standing(found);
      const again = await ask(at(found.id), { method: "PATCH", body: { ssl: SSL } });
      return standing(read(one, again.status, again.json).result);
    },
    async remove(id) {
      const { status } = await ask(at(id), { method: "DELETE" });
      if (status !== 404 && (status < 200 || status > 299))
        throw new OutsideError(`${WHO} refused (${status}).`);
    },
  };
}

function read<T extends z.ZodType>(schema: T, status: number, json: unknown): z.infer<T> {
  const parsed = schema.safeParse(json);
  // What it says of our account is the operator's business, not the app owner's.
  if (!parsed.success) throw new OutsideError(`${WHO} did not answer sensibly (${status}).`);
  return parsed.data;
}

function standing(it: Found): Hostname {
  const { status } = it;
  const ssl = it.ssl?.status ?? "initializing";
  const routed = status === "active" || status === "active_redeploying";
  const why = [
    ...(it.ssl?.validation_errors ?? []).map(({ message }) => message),
    ...(it.verification_errors ?? []),
  ]
    .map((text) => text.slice(0, 300))
    .join(" ");
  const ended = ["blocked", "moved", "deleted", "pending_blocked"].includes(status);
  if (ended || /_timed_out$|^(expired|inactive|deleted)$/.test(ssl))
    return {
      id: it.id,
      state: "failed",
      routed,
      reason: why || `${WHO} has ended it (${ended ? status : ssl}).`,
    };
  const state = routed && ssl === "active" ? "active" : "pending";
  return { id: it.id, state, routed, reason: why || null };
}
