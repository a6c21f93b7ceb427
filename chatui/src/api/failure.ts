import type { ErrorBody, ErrorCode } from "#protocol/errors";

/** What the server said no with: its code, its sentence, and whether trying again may help. */
export type ApiFailure = Error & {
  /** HTTP status; 0 when no answer came at all. */
  status: number;
  code: ErrorCode | "OFFLINE" | "AUTH";
  /** Of `AUTH`: its own code. */
  reason?: string;
  retryable: boolean;
  /** What the server tells besides, such as a `reason`. */
  details?: Record<string, unknown>;
  /** What is wrong with what was sent, where several things are. */
  issues?: { path: string; message: string }[];
};

/** Ours is `{error: {…}}`; better-auth's own routes answer `{code, message}`. */
export function readFailure(status: number, body: unknown): ApiFailure {
  const ours = (body as ErrorBody | null)?.error;
  if (ours?.code) {
    const { message, details = {}, retryable } = ours;
    const failed = failure(status, ours.code, withIssues(message, details), retryable);
    const { issues } = details;
    return Object.assign(failed, { details }, Array.isArray(issues) ? { issues } : {});
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
  const issues = (error as ApiFailure | null)?.issues ?? [];
  return new Map(issues.map(({ path, message }) => [path.split(".").at(-1) ?? path, message]));
}
