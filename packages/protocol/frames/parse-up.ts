import type * as z from "zod";
import type { ErrorCode } from "../errors.ts";
import { MAX_FRAME_BYTES } from "./limits.ts";
import { type UpFrame, upFrame } from "./up.ts";

export type ParsedUp =
  | { ok: true; frame: UpFrame }
  | { ok: false; code: ErrorCode; details: Record<string, unknown> };

/** The schema of each frame's data: looked up by type, it is all that there is to check. */
const DATA: ReadonlyMap<unknown, z.ZodType> = new Map(
  upFrame.options.map(({ shape }) => [shape.type.value, shape.data]),
);
/** A letter takes at most three bytes (those of two halves take four together). */
const MAX_BYTES_PER_UNIT = 3;

/**
 * Parses one socket message. Fields may stand in `data` or at the top level; unknown fields are ignored.
 * Errors: TOO_LARGE (over 32 KiB), BAD_FRAME (binary, wrong fields), BAD_JSON, UNKNOWN_FRAME.
 */
export function parseUp(message: string | ArrayBuffer): ParsedUp {
  if (typeof message !== "string") return refuse("BAD_FRAME", { reason: "binary frames are not accepted" });
  if (
    message.length * MAX_BYTES_PER_UNIT > MAX_FRAME_BYTES &&
    new TextEncoder().encode(message).byteLength > MAX_FRAME_BYTES
  )
    return refuse("TOO_LARGE", { limit_bytes: MAX_FRAME_BYTES });
  let raw: unknown;
  try {
    raw = JSON.parse(message);
  } catch {
    return refuse("BAD_JSON", {});
  }
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    return refuse("BAD_FRAME", { reason: "a frame is a JSON object" });
  const { type, data, ...flat } = raw as Record<string, unknown>;
  const schema = DATA.get(type);
  if (!schema) return refuse("UNKNOWN_FRAME", {});
  const parsed = schema.safeParse(data ?? flat);
  if (parsed.success) return { ok: true, frame: { type, data: parsed.data } as UpFrame };
  const about = (data ?? flat) as { client_message_id?: unknown };
  return refuse("BAD_FRAME", {
    ...(typeof about?.client_message_id === "string" ? { client_message_id: about.client_message_id } : {}),
    issues: parsed.error.issues.map(({ path, message: text }) => ({
      path: ["data", ...path].join("."),
      message: text,
    })),
  });
}

function refuse(code: ErrorCode, details: Record<string, unknown>): ParsedUp {
  return { ok: false, code, details };
}
