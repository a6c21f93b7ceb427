import { ERRORS, type ErrorCode } from "#protocol/errors";

/** An error with a code of the closed list. `details` go to the caller: never a secret, never another tenant's data. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, details?: Record<string, unknown>, message?: string) {
    super(message ?? ERRORS[code].message);
    this.code = code;
    this.details = details;
  }
}

/** `throw appError("CONFLICT", { slug })`; `message` replaces the code's own sentence where it can be more exact. */
export function appError(code: ErrorCode, details?: Record<string, unknown>, message?: string): AppError {
  return new AppError(code, details, message);
}
