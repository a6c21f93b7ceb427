import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's root, without a slash at its end. */
export const CHECKOUT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
