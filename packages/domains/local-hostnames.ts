import type { CustomHostnames } from "./ports.ts";

/** For a platform on plain http: nothing is issued, yet a host goes through the same states, one look at a time. */
export const localHostnames: CustomHostnames = {
  async ensure(host, id) {
    const state = id === null ? "pending" : "active";
    return { id: id ?? `local:${host}`, state, routed: state === "active", reason: null };
  },
  async remove() {},
};
