import * as z from "zod";

/** Every error code there is, with its HTTP status and whether trying again may help. The list is closed. */
export const ERRORS = {
  BAD_REQUEST: { status: 400, retryable: false, message: "The request is not valid." },
  BAD_JSON: { status: 400, retryable: false, message: "That is not valid JSON." },
  UNAUTHENTICATED: { status: 401, retryable: false, message: "Sign in first." },
  TOKEN_EXPIRED: { status: 401, retryable: false, message: "The access token has expired. Get a new one." },
  INSUFFICIENT_BALANCE: {
    status: 402,
    retryable: false,
    message: "This app has used up its balance.",
  },
  BUDGET_EXCEEDED: { status: 402, retryable: false, message: "A spending limit has been reached." },
  TEMPORARILY_HELD: {
    status: 402,
    retryable: true,
    message: "The remaining balance is held by work in progress. Try again in a moment.",
  },
  FORBIDDEN: { status: 403, retryable: false, message: "You may not do this." },
  WRONG_ORIGIN: { status: 403, retryable: false, message: "This page may not connect from its origin." },
  ADDRESS_NOT_PROVEN: {
    status: 403,
    retryable: false,
    message: "Prove that your e-mail address is yours first: ask for a code and enter it.",
  },
  FRESH_SIGN_IN_NEEDED: {
    status: 403,
    retryable: false,
    message: "For this you must have signed in within the last ten minutes. Sign in again.",
  },
  NOT_ADMITTED: {
    status: 403,
    retryable: false,
    message: "This app is for people who were invited, or who have an account of their own.",
  },
  APP_UNPUBLISHED: { status: 403, retryable: false, message: "This app is not published at the moment." },
  NOT_FOUND: { status: 404, retryable: false, message: "There is nothing here." },
  METHOD_NOT_ALLOWED: { status: 405, retryable: false, message: "This method is not allowed here." },
  CONFLICT: { status: 409, retryable: false, message: "That conflicts with what is already there." },
  IDEMPOTENCY_MISMATCH: {
    status: 409,
    retryable: false,
    message: "This idempotency key was used with another request.",
  },
  PLAN_CHANGED: { status: 409, retryable: false, message: "The plan has changed since it was shown." },
  TOO_LARGE: { status: 413, retryable: false, message: "That is too large." },
  UNSUPPORTED_FILE: { status: 415, retryable: false, message: "Files of this type can't be used here." },
  UPGRADE_REQUIRED: { status: 426, retryable: false, message: "Connect with a WebSocket." },
  INVALID_WORKFLOW: { status: 422, retryable: false, message: "The workflow is not valid." },
  ACCEPTANCE_FAILED: {
    status: 422,
    retryable: false,
    message: "The workflow's own conversations do not pass.",
  },
  ANSWER_REFUSED: { status: 422, retryable: false, message: "That answer does not fit the question." },
  PROMPT_UNUSABLE: { status: 422, retryable: false, message: "Nothing to build was found in that prompt." },
  UNKNOWN_MODEL: {
    status: 422,
    retryable: false,
    message: "There is no price for this model, so it can't be used.",
  },
  STORAGE_FULL: {
    status: 507,
    retryable: false,
    message: "This app's storage is full. Delete some rows first.",
  },
  RATE_LIMITED: { status: 429, retryable: true, message: "Too many requests. Slow down a little." },
  MODEL_FAILED: { status: 502, retryable: true, message: "The model did not answer. Try again." },
  OUTPUT_INVALID: {
    status: 502,
    retryable: true,
    message: "The model's answer did not have the form it must have. Try again.",
  },
  LIMIT_REACHED: { status: 422, retryable: false, message: "This turn reached its limit of steps." },
  UNKNOWN_FRAME: { status: 400, retryable: false, message: "That frame type is not known." },
  BAD_FRAME: { status: 400, retryable: false, message: "That frame is not valid." },
  LEDGER_UNAVAILABLE: {
    status: 503,
    retryable: true,
    message: "Usage can't be counted right now, so nothing is spent. Try again.",
  },
  CLOCK_SKEW: {
    status: 503,
    retryable: true,
    message: "The time can't be right, so nothing is counted by it. Try again in a minute.",
  },
  PRICES_INVALID: {
    status: 503,
    retryable: false,
    message: "The operator's price list is not valid, so nothing is spent until it is mended.",
  },
  MODELS_INVALID: {
    status: 503,
    retryable: false,
    message:
      "The operator's list of model providers is not valid, so none of them is asked until it is mended.",
  },
  MAINTENANCE: { status: 503, retryable: true, message: "This app is being worked on. Come back later." },
  UNAVAILABLE: { status: 503, retryable: true, message: "Not available right now. Try again." },
  INTERRUPTED: {
    status: 500,
    retryable: true,
    message: "The run was interrupted too often and was stopped.",
  },
  INTERNAL: { status: 500, retryable: true, message: "Something went wrong on our side." },
} as const satisfies Record<string, { status: number; retryable: boolean; message: string }>;

export type ErrorCode = keyof typeof ERRORS;
export const errorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

/** What is wrong with one field: `path` as in `definition.agents.0.name`. */
export const issue = z.object({ path: z.string(), message: z.string() });

/** The one shape of every error on HTTP. `details.issues` lists fields of a 400 or 422. */
export const errorBody = z.object({
  error: z.object({
    code: errorCode,
    message: z.string(),
    retryable: z.boolean(),
    request_id: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;
