import * as z from "zod";

/** What an owner has done already of what most do once an app is live, as the app stands. */
export const stepsDone = z.object({
  /** Something was said in a chat with it. */
  chatted: z.boolean(),
  /** Somebody changed its look. */
  branded: z.boolean(),
  /** A site may hold it, or its visitors are signed in by one. */
  embedded: z.boolean(),
  /** There are members, invitations or end users besides whoever made it. */
  invited: z.boolean(),
  domain: z.boolean(),
  api_key: z.boolean(),
  /** There is a file to cite. */
  knowledge: z.boolean(),
});
export type StepsDone = z.infer<typeof stepsDone>;
