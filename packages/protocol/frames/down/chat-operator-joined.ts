import * as z from "zod";
import { frame } from "./frame.ts";

/** A person of the app's team takes the chat over. */
export const chatOperatorJoined = frame("chat.operator_joined", { operator: z.string() });
