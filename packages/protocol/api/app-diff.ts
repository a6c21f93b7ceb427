import * as z from "zod";

/** What makes one version of an app of another. */
export const appDiff = z.object({
  /** In words, each with its place: `workflows/refund-handler/tools/request_refund/approval`. */
  changes: z.array(z.object({ words: z.string(), path: z.string() })),
  /** Unified diffs of the files that differ. */
  files: z.array(z.object({ path: z.string(), diff: z.string() })),
});
export type AppDiff = z.infer<typeof appDiff>;
