import { type Egress, guardedFetch } from "#egress/guarded-fetch";
import { OutsideError } from "./ports.ts";

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

export type AskedJson = {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  headers: Record<string, string>;
  secret_headers?: Record<string, string>;
  body?: unknown;
};

/**
 * Asks a service of the operator's for JSON. Only its own host is reached, within a time and a size.
 * Error: OutsideError, also for what is not JSON.
 * @param who as people are told, e.g. `DNS`
 */
export async function askJson(
  outside: Pick<Egress, "fetch" | "wait">,
  who: string,
  address: string,
  ask: AskedJson,
): Promise<{ status: number; json: unknown }> {
  const { host, hostname } = new URL(address);
  const policy = { hosts: [hostname], own: [], exempt: [host] };
  try {
    const response = await guardedFetch({ ...outside, policy }, address, {
      method: ask.method ?? "GET",
      headers: { ...ask.headers, ...(ask.body === undefined ? {} : { "content-type": "application/json" }) },
      ...(ask.secret_headers ? { secret_headers: ask.secret_headers } : {}),
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
      signal: new AbortController().signal,
      timeout_ms: TIMEOUT_MS,
      max_bytes: MAX_BYTES,
    });
    const text = await response.text();
    return { status: response.status, json: text === "" ? null : JSON.parse(text) };
  } catch {
    throw new OutsideError(`${who} did not answer sensibly.`);
  }
}
