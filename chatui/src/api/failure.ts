import type { ErrorBody, ErrorCode } from "#protocol/errors";

/** What the server said no with: its code, its sentence, and whether trying again may help. */
export type ApiFailure = Error & {
  /** HTTP status; 0 when no answer came at all. */
  status: number;
  code: ErrorCode | "OFFLINE" | "AUTH";
  /** Of `AUTH`: its own code. */
  reason?: string;
  retryable: boolean;
  /** What the server tells besides, such as `reason`, or `issues` of single fields. */
  details?: Record<string, unknown>;
};

/** Ours is `{error: {…}}`; better-auth's own routes answer `{code, message}`. */
export function readFailure(status: number, body: unknown): ApiFailure {
  const ours = (body as ErrorBody | null)?.error;
  if (ours?.code) {
    const told = failure(status, ours.code, withIssues(ours.message, ours.details), ours.retryable);
    return ours.details ? Object.assign(told, { details: ours.details }) : told;
  }
  const { message, code } = (body ?? {}) as { message?: unknown; code?: unknown };
  if (typeof message === "string" && message !== "")
    return Object.assign(
      failure(status, "AUTH", message, false),
      typeof code === "string" ? { reason: code } : {},
    );
  return failure(status, "INTERNAL", `Something went wrong (${status}). Try again.`, true);
}

/** A refused body names its fields; the first one tells the person most. */
function withIssues(message: string, details: Record<string, unknown> | undefined): string {
  const issues = details?.issues;
  if (!Array.isArray(issues)) return message;
  const first = issues[0] as { path?: string; message?: string } | undefined;
  return first?.message ? `${first.path ? `${first.path}: ` : ""}${first.message}` : message;
}

/** An error of the API as a thing to throw. */
export function failure(
  status: number,
  code: ApiFailure["code"],
  message: string,
  retryable: boolean,
): ApiFailure {
  return Object.assign(new Error(message), { status, code, retryable });
}

/** Whether an unknown error says that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return (error as ApiFailure | null)?.status === 401;
}

/** What is wrong with single fields, by their last name in the body: `values.price` is `price`. */
export function issuesOf(error: unknown): Map<string, string> {
  const issues = (error as ApiFailure | null)?.details?.issues;
  const found = new Map<string, string>();
  if (!Array.isArray(issues)) return found;
  for (const { path, message } of issues as { path?: unknown; message?: unknown }[])
    if (typeof path === "string" && typeof message === "string")
      found.set(path.split(".").at(-1) ?? path, message);
  return found;
}
