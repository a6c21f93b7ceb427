import type { Clock } from "#base/clock";
import { LIMITS } from "#base/limits";

/**
 * How much of a chat's log may be told again (T63). In memory: an object that is asked again and again is not evicted,
 * and one that rests has its whole burst back within seconds.
 */
export class ReplayBudget {
  private left: number = LIMITS.replayBurstBytes;
  private at: number;

  constructor(private readonly clock: Clock) {
    this.at = clock.now();
  }

  /** Whether there is anything left. What a replay then takes may be a little more: it is owed. */
  open(): boolean {
    const now = this.clock.now();
    const earned = (Math.max(0, now - this.at) / 1_000) * LIMITS.replayBytesPerSecond;
    this.left = Math.min(LIMITS.replayBurstBytes, this.left + earned);
    this.at = now;
    return this.left > 0;
  }

  take(bytes: number): void {
    this.left -= bytes;
  }
}
