import { AppError, appError } from "#base/app-error";
import type { ErrorCode } from "#protocol/errors";

/** A refusal as a value: an error that crosses RPC loses its code, and breaks the stub. */
export type Answer<T> =
  | { ok: true; value: T }
  | { ok: false; code: ErrorCode; message: string; details: string | null };

/** What the caller did wrong becomes a value (`details` as JSON); anything else stays a throw. */
export function answer<T>(work: () => T): Answer<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return refusal(error);
  }
}

/** The same for work that takes its time. */
export async function answerLater<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return refusal(error);
  }
}

function refusal(thrown: unknown): Answer<never> {
  const error = isFull(thrown) ? appError("STORAGE_FULL") : thrown;
  if (!(error instanceof AppError)) throw error;
  const details = error.details === undefined ? null : JSON.stringify(error.details);
  return { ok: false, code: error.code, message: error.message, details };
}

/** What SQLite says when there is no room; its transaction has been undone then. */
function isFull(error: unknown): boolean {
  return error instanceof Error && /SQLITE_FULL|database or disk is full/.test(error.message);
}

/** The value, or the refusal as the AppError it was. */
export function unwrap<T>(given: Answer<T>): T {
  if (given.ok) return given.value;
  const details = given.details === null ? undefined : (JSON.parse(given.details) as Record<string, unknown>);
  throw new AppError(given.code, details, given.message);
}
