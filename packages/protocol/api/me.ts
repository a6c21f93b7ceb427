import * as z from "zod";

export const me = z.object({
  user_id: z.string(),
  email: z.string(),
  name: z.string(),
  /** `foundry`, or the enterprise whose user this is. */
  realm: z.string(),
  /** Without an address of their own so far. */
  guest: z.boolean(),
  /** Whether they may come in where they are: an app may be for invited people, or for accounts only. */
  admitted: z.boolean(),
  enterprises: z.array(
    z.object({ enterprise_id: z.string(), slug: z.string(), name: z.string(), role: z.string() }),
  ),
});
export type Me = z.infer<typeof me>;
