import type { ErrorCode } from "#protocol/errors";
import type { Refusal } from "./types.ts";

/** A refusal is a value. Details reach end users: they never carry the owner's figures. */
export function refuse(code: ErrorCode, details: Refusal["details"] = {}): Refusal {
  return { ok: false, code, details };
}
