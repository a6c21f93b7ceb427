/**
 * The module in front of the Worker on a local machine. In production Cloudflare sets CF-Connecting-IP and drops what
 * a client claims; workerd alone would pass a client's claim on.
 */
export const FRONT = `
import worker from "./index.js";
export * from "./index.js";
export default {
  ...worker,
  fetch(request, env, context) {
    const own = new Request(request);
    const address = /^\\[?(.*?)\\]?:\\d+$/.exec(request.cf?.clientIp ?? "");
    own.headers.set("CF-Connecting-IP", address?.[1] ?? "127.0.0.1");
    return worker.fetch(own, env, context);
  },
};
`;
