import * as z from "zod";

/** Tolerated in any shape; the server never pings. */
export const clientPong = z.object({ type: z.literal("client.pong"), data: z.unknown().optional() });
