import * as z from "zod";

/** Names of roles that `app.yaml` declares: whoever has one of them passes. Absent: everybody. */
export const gate = z.array(z.string().min(1).max(60)).min(1).max(12).optional();
