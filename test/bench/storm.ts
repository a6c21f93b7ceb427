import { runStorm } from "../support/run-storm.ts";

/**
 * A thousand pages (or as many as STORM says, up to 2,000) lose their server at once, without a word, in the middle of
 * their runs, and come back by the client's own jitter. None may lose a frame or hear one twice.
 */
const clients = Math.min(2_000, Math.max(4, Number(process.env.STORM ?? 1_000)));
const storm = await runStorm(clients);
console.log(JSON.stringify(storm, null, 2));
if (storm.lost > 0 || storm.doubled > 0) throw new Error("frames were lost or doubled");
