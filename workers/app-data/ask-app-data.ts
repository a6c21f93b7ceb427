import { appError } from "#base/app-error";
import type { Env } from "../env.ts";
import { type Answer, unwrap } from "./answer.ts";
import type { AppData } from "./app-data.ts";
import { appDataFor } from "./app-data-for.ts";

export type AppDataStub = DurableObjectStub<AppData>;

const MAX_ATTEMPTS = 3;

/**
 * One call to a tenant's app data. A stub that threw stays broken, so each attempt takes its own; only what is
 * harmless to repeat may be asked. Error: UNAVAILABLE when the object can't be reached.
 */
export async function callAppData<T>(
  env: Env,
  enterpriseId: string,
  question: (object: AppDataStub) => Promise<T>,
  scratch?: string,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await question(appDataFor(env, enterpriseId, scratch));
    } catch (error) {
      const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean };
      if (overloaded || (retryable && attempt >= MAX_ATTEMPTS)) throw appError("UNAVAILABLE");
      if (!retryable) throw error;
    }
  }
}

/** The same for what answers refusals as values: they are errors again. */
export async function askAppData<T>(
  env: Env,
  enterpriseId: string,
  question: (object: AppDataStub) => Promise<Answer<T>>,
  scratch?: string,
): Promise<T> {
  return unwrap(await callAppData(env, enterpriseId, question, scratch));
}
