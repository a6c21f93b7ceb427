import type { Mood } from "./fake-doh.ts";

type Made = {
  id: string;
  hostname: string;
  status: string;
  ssl: { status: string; validation_errors?: { message: string }[] };
};

/** Cloudflare's custom hostnames, as far as we ask for them: one list of a zone, changed by whoever tests. */
export class FakeCloudflare {
  readonly made = new Map<string, Made>();
  readonly asked: string[] = [];
  mood: Mood = "well";
  #next = 1;

  constructor(
    readonly zone: string,
    readonly token: string,
  ) {}

  find(host: string): Made | undefined {
    return [...this.made.values()].find((it) => it.hostname === host);
  }

  /** Its certificate is there. */
  issue(host: string): void {
    const it = this.find(host);
    if (!it) throw new Error(`no ${host}`);
    it.status = "active";
    it.ssl = { status: "active" };
  }

  answer(
    method: string,
    address: string,
    authorization: string | null,
    body: string,
  ): Response | Promise<Response> {
    const url = new URL(address, "http://cf.test");
    this.asked.push(`${method} ${url.pathname}${url.search}`);
    if (this.mood === "down") return Response.error();
    if (this.mood === "slow") return new Promise(() => undefined);
    if (this.mood === "garbage") return new Response('{"success": true, "result": 7}');
    if (this.mood === "servfail") return this.#failed(500, 1000, "oops");
    const [, id] = new RegExp(`/zones/${this.zone}/custom_hostnames(?:/([^/]+))?$`).exec(url.pathname) ?? [
      null,
    ];
    if (id === null) return this.#failed(404, 7003, "Could not route");
    if (authorization !== `Bearer ${this.token}`) return this.#failed(403, 10000, "Authentication error");
    if (id === undefined && method === "GET") {
      const name = url.searchParams.get("hostname");
      return this.#ok([...this.made.values()].filter((it) => name === null || it.hostname.includes(name)));
    }
    if (id === undefined && method === "POST") {
      const { hostname, ssl } = JSON.parse(body) as {
        hostname: string;
        ssl: { method: string; type: string };
      };
      if (ssl.method !== "http" || ssl.type !== "dv") return this.#failed(400, 1400, "bad ssl");
      if (this.find(hostname)) return this.#failed(409, 1406, "Duplicate custom hostname found.");
      const it = { id: `ch${this.#next++}`, hostname, status: "pending", ssl: { status: "initializing" } };
      this.made.set(it.id, it);
      return this.#ok(it, 201);
    }
    const it = this.made.get(id ?? "");
    if (!it) return this.#failed(404, 1436, "The custom hostname was not found.");
    if (method === "GET") return this.#ok(it);
    if (method === "PATCH") {
      it.ssl = { status: "pending_validation" };
      return this.#ok(it);
    }
    this.made.delete(it.id);
    return new Response(JSON.stringify({ id: it.id }));
  }

  #ok(result: unknown, status = 200): Response {
    return new Response(JSON.stringify({ success: true, errors: [], messages: [], result }), { status });
  }

  #failed(status: number, code: number, message: string): Response {
    return new Response(
      JSON.stringify({ success: false, errors: [{ code, message }], messages: [], result: null }),
      { status },
    );
  }
}
