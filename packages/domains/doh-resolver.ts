import * as z from "zod";
import type { Egress } from "#egress/guarded-fetch";
import { askJson } from "./ask-json.ts";
import { withoutDot } from "./host-name.ts";
import { type DnsRecord, OutsideError, type Resolver } from "./ports.ts";

/** RFC 1035 and 3596. */
const TYPES: Record<number, DnsRecord["type"]> = { 1: "A", 5: "CNAME", 16: "TXT", 28: "AAAA" };
const NO_ERROR = 0;
const NO_SUCH_NAME = 3;

const answer = z.object({
  Status: z.number(),
  TC: z.boolean().optional(),
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).optional(),
});

/**
 * DNS over HTTPS as JSON (`application/dns-json`).
 * @param address e.g. `https://cloudflare-dns.com/dns-query`
 */
export function dohResolver(outside: Pick<Egress, "fetch" | "wait">, address: string): Resolver {
  return {
    async lookup(name, type) {
      const url = new URL(address);
      url.searchParams.set("name", name);
      url.searchParams.set("type", type);
      const { status, json } = await askJson(outside, "DNS", url.href, {
        headers: { accept: "application/dns-json" },
      });
      const read = answer.safeParse(json);
      if (status !== 200 || !read.success) throw new OutsideError("DNS did not answer sensibly.");
      const { Status, TC, Answer = [] } = read.data;
      if (Status === NO_SUCH_NAME) return [];
      // A part of an answer proves nothing about what is not in it.
      if (Status !== NO_ERROR || TC) throw new OutsideError(`DNS could not find out about ${name}.`);
      return Answer.flatMap((it) => {
        const known = TYPES[it.type];
        if (!known) return [];
        return [{ type: known, data: known === "TXT" ? textOf(it.data) : withoutDot(it.data.toLowerCase()) }];
      });
    },
  };
}

/** A TXT record is written as one or more strings in quotes, which belong together; some resolvers leave them out. */
function textOf(data: string): string {
  const parts = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part = ""]) => part);
  return parts.length === 0 ? data : parts.join("").replace(/\\(.)/g, "$1");
}
