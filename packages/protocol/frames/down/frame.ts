import * as z from "zod";

/** The envelope of every server frame. `seq` stands on frames that are in the log; `agent` where one speaks. */
export function frame<T extends string, S extends z.ZodRawShape>(type: T, data: S) {
  return z.object({
    type: z.literal(type),
    data: z.object(data),
    schema_version: z.string(),
    timestamp: z.iso.datetime(),
    seq: z.number().int().min(0).optional(),
    agent: z.string().optional(),
  });
}
