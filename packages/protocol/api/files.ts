import * as z from "zod";

/** A version's files with some of them changed, by path; null takes one out. */
export const changedFiles = z.object({
  base_version: z.number().int().min(1),
  changes: z.record(
    z.string().min(1).max(200),
    z
      .string()
      .max(512 * 1024)
      .nullable(),
  ),
});
export type ChangedFiles = z.infer<typeof changedFiles>;

export const savedFiles = changedFiles.extend({
  /** Why there is this version. */
  note: z.string().trim().min(1).max(200).default("edited by hand"),
});

/** What is wrong with an app's files. `line`: from 1, in that file, where it can be told. */
export const fileIssues = z.object({
  issues: z.array(
    z.object({ file: z.string(), path: z.string(), line: z.number().int().nullable(), message: z.string() }),
  ),
});
export type FileIssue = z.infer<typeof fileIssues>["issues"][number];

export const savedVersion = z.object({ version: z.number().int() });
