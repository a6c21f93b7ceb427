/** Where better-auth takes an address to go to afterwards. */
export const REDIRECT_FIELDS = [
  "callbackURL",
  "errorCallbackURL",
  "newUserCallbackURL",
  "redirectTo",
] as const;

/** `/`, or segments and a query of plain characters: nothing that a browser reads as a host, a scheme or a way up. */
const PLAIN = /^\/(?:[\w~-][\w.~-]*(?:\/[\w~-][\w.~-]*)*\/?)?(?:\?[\w.~=&-]*)?$/;
const MAX_LENGTH = 512;

/** Whether a page may send people here after signing in: a path of the very site that was called, spelled plainly (T20). */
export function isSafeRedirect(path: unknown): boolean {
  return typeof path === "string" && path.length <= MAX_LENGTH && PLAIN.test(path);
}
