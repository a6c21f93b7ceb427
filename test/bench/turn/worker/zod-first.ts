import * as z from "zod";

/**
 * `agents` uses zod as its module loads, while esbuild sets zod up only where the first importer that it counts stands
 * in the bundle, which is later. Using it here, in the entry's first import, sets it up in time.
 */
z.object({});
