import * as z from "zod";
import { chatCancel } from "./up/chat-cancel.ts";
import { chatFeedback } from "./up/chat-feedback.ts";
import { chatRegenerate } from "./up/chat-regenerate.ts";
import { clientPong } from "./up/client-pong.ts";
import { clientResume } from "./up/client-resume.ts";
import { toolCallResponse } from "./up/tool-call-response.ts";
import { userInputEdit } from "./up/user-input-edit.ts";
import { userInputSubmit } from "./up/user-input-submit.ts";

/** Every frame a client may send. `ping` is answered by the platform before it reaches us. */
export const upFrame = z.discriminatedUnion("type", [
  userInputSubmit,
  userInputEdit,
  toolCallResponse,
  clientResume,
  chatCancel,
  chatRegenerate,
  chatFeedback,
  clientPong,
]);
export type UpFrame = z.infer<typeof upFrame>;
