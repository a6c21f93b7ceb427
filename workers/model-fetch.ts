import { checkUrl } from "#egress/check-url";
import { LOOP_HEADER } from "#egress/guarded-fetch";
import type { Outside, RunDeps } from "#runtime/run-deps";

/**
 * The way to models at addresses that an app's owner chose (T45): judged like those of tools, to any public host. No
 * redirect is followed, and the answer streams as it comes; what is too much of it is cut by whoever hears it.
 */
export function modelFetch(outside: Outside): RunDeps["modelFetch"] {
  const policy = { hosts: null, own: outside.own, exempt: outside.exempt };
  return async (input, init) => {
    const checked = checkUrl(String(input), policy);
    if (!checked.ok) return new Response(null, { status: 403, statusText: checked.reason });
    const headers = new Headers(init?.headers);
    if (policy.own[0] !== undefined) headers.set(LOOP_HEADER, policy.own[0]);
    return outside.fetch(checked.url.href, { ...init, headers, redirect: "manual" });
  };
}
