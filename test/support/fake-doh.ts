/** Zones by name and type: `{"chat.acme.test": {CNAME: ["cname.localhost"]}}`. */
export type Zone = Record<string, Partial<Record<"A" | "AAAA" | "CNAME" | "TXT", string[]>>>;

const NUMBERS = { A: 1, CNAME: 5, TXT: 16, AAAA: 28 } as const;

/** How it answers: as it should, not at all, not in time, in no JSON, or that it could not find out. */
export type Mood = "well" | "down" | "slow" | "garbage" | "servfail";

/** A DNS-over-HTTPS server that answers JSON from its zone, as `cloudflare-dns.com/dns-query` does. */
export class FakeDoh {
  readonly zone: Zone = {};
  mood: Mood = "well";
  readonly asked: string[] = [];

  set(name: string, type: keyof typeof NUMBERS, ...values: string[]): void {
    this.zone[name] = { ...this.zone[name], [type]: values };
  }

  answer(address: string): Response | Promise<Response> {
    const url = new URL(address, "http://doh.test");
    const name = url.searchParams.get("name") ?? "";
    const type = (url.searchParams.get("type") ?? "A") as keyof typeof NUMBERS;
    this.asked.push(`${type} ${name}`);
    if (this.mood === "down") return Response.error();
    if (this.mood === "slow") return new Promise(() => undefined);
    if (this.mood === "garbage") return new Response("<html>nope</html>");
    if (this.mood === "servfail") return this.#json({ Status: 2, TC: false });
    const known = this.zone[name];
    if (!known) return this.#json({ Status: 3, TC: false });
    const records = (of: keyof typeof NUMBERS) =>
      (known[of] ?? []).map((data) => ({
        ...{ name, type: NUMBERS[of], TTL: 60 },
        // As resolvers write them: names with their dot, long texts in pieces.
        data: of === "TXT" ? `"${data.slice(0, 9)}" "${data.slice(9)}"` : of === "CNAME" ? `${data}.` : data,
      }));
    const chain = type === "TXT" ? [] : records("CNAME");
    return this.#json({ Status: 0, TC: false, Answer: [...chain, ...records(type)] });
  }

  #json(body: unknown): Response {
    return new Response(JSON.stringify(body), { headers: { "content-type": "application/dns-json" } });
  }
}
