import type { Clock } from "#base/clock";
import { LIMITS } from "#base/limits";

/**
 * How much was sent to each socket since it was last heard of, by a frame or a ping. The platform takes whatever is
 * sent and buffers it for a reader that does not read, and `bufferedAmount` says nothing of that: only the client
 * itself can show that it is there. In memory: after a rest it begins anew.
 */
export class Unheard<G extends WeakKey> {
  private readonly sent = new WeakMap<G, { bytes: number; since: number }>();

  constructor(
    private readonly clock: Clock,
    /** When the platform last answered a ping of this socket; 0 for never. Milliseconds. */
    private readonly pingedAt: (guest: G) => number,
  ) {}

  add(guest: G, bytes: number): void {
    const known = this.sent.get(guest);
    if (known) known.bytes += bytes;
    else this.sent.set(guest, { bytes, since: this.clock.now() });
  }

  heard(guest: G): void {
    this.sent.delete(guest);
  }

  /** Whether too much was sent with nothing heard. */
  isTooMuch(guest: G): boolean {
    const known = this.sent.get(guest);
    if (!known || known.bytes <= LIMITS.socketUnheardBytes) return false;
    if (this.pingedAt(guest) <= known.since) return true;
    this.heard(guest);
    return false;
  }
}
