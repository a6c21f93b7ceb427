import * as z from "zod";
import { frame } from "./frame.ts";

export const interactionType = z.enum(["ui_tool", "ui_surface", "auto_tool", "approval", "input_request"]);

/**
 * A tool is called. A `ui_tool` waits, a `ui_surface` only shows. With `awaiting_response` it is a card for the person: `payload.response_schema` is the
 * JSON Schema of the answer; the rest of `payload` depends on `component_type`
 * (`form`, `choice`, `confirmation`, `card`, `table`, `progress`, `plan`, or an app's own). `payload.waits_for: "team"` (with `expires_at`): the
 * app's team decides, not the person, so `awaiting_response` is false.
 */
export const chatToolCall = frame("chat.tool_call", {
  tool_call_id: z.string(),
  tool_name: z.string(),
  interaction_type: interactionType,
  component_type: z.string().nullable(),
  display: z.enum(["inline", "artifact", "composer"]),
  awaiting_response: z.boolean(),
  payload: z.record(z.string(), z.unknown()),
});
