/** The token of a link that somebody followed: kept while they sign in, and across a reload; not in the address. */
export function keptToken(slot: "mozaiks.invitation" | "mozaiks.join"): string | null {
  const here = new URLSearchParams(location.hash.slice(1)).get("token");
  if (here === null) return sessionStorage.getItem(slot);
  sessionStorage.setItem(slot, here);
  history.replaceState(history.state, "", location.pathname + location.search);
  return here;
}

/** Whether one is kept: on pages whose own address may hold a token of another kind. */
export function hasToken(slot: "mozaiks.invitation" | "mozaiks.join"): boolean {
  return sessionStorage.getItem(slot) !== null;
}

export function forgetToken(slot: "mozaiks.invitation" | "mozaiks.join"): void {
  sessionStorage.removeItem(slot);
}
