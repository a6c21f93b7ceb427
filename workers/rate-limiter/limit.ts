import { hmacOf } from "#auth/hmac-of";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { LOCAL_ADDRESS_FACTOR, type RateName } from "#base/rates";
import type { Ask, Verdict } from "#rates/rate";
import { ratesOf } from "#rates/rates-of";
import { waitText } from "#rates/wait-text";
import type { Deps } from "../compose.ts";
import { LOCAL_ADDRESS } from "./address-of.ts";

/** What is counted, and of whom: an address, a person, an app, or several of them joined by a space. */
export type Count = { rate: RateName; of: string };
export type TooMany = { limit: RateName; retry_after_s: number };

type LimitDeps = Pick<Deps, "env" | "log">;

/** Objects that share the buckets of one kind: each is far from busy, and there is no more of them whoever calls. */
const SHARDS = 64;

/**
 * Counts one of each, of all or of none. Each group is one call to the object that holds its first bucket; the groups
 * are asked in turn, the tightest first, so that whoever is refused there uses up nothing of what others share.
 * @returns null where all of them have room. Error: UNAVAILABLE, when a limiter can't be reached: nothing passes then.
 */
export async function limit(deps: LimitDeps, groups: readonly (readonly Count[])[]): Promise<TooMany | null> {
  const { rates, issues } = ratesOf(deps.env.RATE_LIMITS);
  if (issues.length > 0) deps.log("error", "rates.invalid", { issues: issues.join("; ") });
  const taken: { shard: string; asks: Ask[] }[] = [];
  for (const group of groups) {
    const asks = await Promise.all(
      group.map(async ({ rate: name, of }) => {
        const local = name.endsWith("_by_address") && of === LOCAL_ADDRESS;
        const rate = { ...rates[name], max: rates[name].max * (local ? LOCAL_ADDRESS_FACTOR : 1) };
        return { key: await keyOf(deps, `rate:${name}:${of}`), rate };
      }),
    );
    const [first] = asks;
    if (!first) continue;
    const shard = shardOf(first.key);
    const verdict = await ask<Verdict>(deps, shard, async (object) => await object.take(asks));
    if (!verdict.ok) {
      for (const it of taken) await ask(deps, it.shard, (object) => object.giveBack(it.asks));
      return { limit: group[verdict.refused]!.rate, retry_after_s: verdict.retry_after_s };
    }
    taken.push({ shard, asks });
  }
  return null;
}

/** The same, as the one error shape. Errors: RATE_LIMITED, UNAVAILABLE. */
export async function mustBeFew(deps: LimitDeps, groups: readonly (readonly Count[])[]): Promise<void> {
  const tooMany = await limit(deps, groups);
  if (!tooMany) return;
  const wait = waitText(tooMany.retry_after_s);
  throw appError("RATE_LIMITED", { ...tooMany }, `Too many tries. Wait ${wait}, then try again.`);
}

/**
 * Notes that somebody opens a socket to a chat, named by a hash. @returns the chats, named so, that are too many for one
 * person: theirs are to be closed there, for nobody tells when one closes. Error: UNAVAILABLE.
 */
export async function noteOpenChat(deps: LimitDeps, userId: string, place: string): Promise<string[]> {
  const person = await keyOf(deps, `open:${userId}`);
  const opening = { person, place, max: LIMITS.openChatsPerPerson, life_ms: LIMITS.socketMaxAgeMs };
  return ask(deps, shardOf(person), (object) => object.enter(opening));
}

/** Who is meant is nobody's to read out of the limiter's rows. */
async function keyOf({ env }: LimitDeps, of: string): Promise<string> {
  return (await hmacOf(env.AUTH_SECRET, of)).slice(0, 32);
}

const shardOf = (key: string) => String(Number.parseInt(key.slice(0, 8), 16) % SHARDS);

async function ask<T>(
  { env, log }: LimitDeps,
  shard: string,
  question: (object: ReturnType<typeof env.RATE_LIMITER.getByName>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // A stub that threw stays broken, so each attempt takes its own.
      return await question(env.RATE_LIMITER.getByName(shard));
    } catch (cause) {
      if ((cause as { overloaded?: boolean }).overloaded !== true && attempt === 1) continue;
      log("error", "rates.unreachable", { cause: String(cause) });
      throw appError("UNAVAILABLE");
    }
  }
}
