/**
 * - `refused`: the address may not be reached. - `timeout`, `aborted`: time or the caller ended it.
 * - `too_large`: more bytes than allowed. - `redirects`: too many. - `unreachable`: no answer came.
 */
export type EgressCode = "refused" | "timeout" | "aborted" | "too_large" | "redirects" | "unreachable";

/** A request to the outside that gave no whole answer. `sent`: the other side may have had it. The message is safe to show. */
export class EgressError extends Error {
  constructor(
    readonly code: EgressCode,
    message: string,
    readonly sent: boolean,
  ) {
    super(message);
    this.name = "EgressError";
  }
}
