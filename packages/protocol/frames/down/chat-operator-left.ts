import * as z from "zod";
import { frame } from "./frame.ts";

/** The agents have the chat again. */
export const chatOperatorLeft = frame("chat.operator_left", { operator: z.string() });
