/** One record of an answer; `data` of a TXT record is its text, of others lower case without a trailing dot. */
export type DnsRecord = { type: "A" | "AAAA" | "CNAME" | "TXT"; data: string };

/** Asks DNS. An empty list: there is none. Error: OutsideError, when nothing certain could be had. */
export interface Resolver {
  lookup(name: string, type: "A" | "AAAA" | "TXT"): Promise<DnsRecord[]>;
}

/** How a host stands at the certificate service. `routed`: it still leads here, whatever its certificate does. */
export type Hostname = {
  id: string;
  state: "pending" | "active" | "failed";
  routed: boolean;
  reason: string | null;
};

/** Routing and certificates for hosts that are not ours. Errors: OutsideError. */
export interface CustomHostnames {
  /** Makes sure that it is there, and says how it stands. `id`: as it was known; one that is gone is made anew. */
  ensure(host: string, id: string | null): Promise<Hostname>;
  /** Ends it; what is gone already is fine. */
  remove(id: string): Promise<void>;
}

/** What is asked outside did not answer, or not sensibly. The message is safe to show. */
export class OutsideError extends Error {
  override readonly name = "OutsideError";
}
