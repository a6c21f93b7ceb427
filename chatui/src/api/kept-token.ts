type Slot = "mozaiks.invitation" | "mozaiks.join";

/** The token of a link that somebody followed: kept while they sign in, and across a reload; not in the address. */
export function keptToken(slot: Slot): string | null {
  const here = new URLSearchParams(location.hash.slice(1)).get("token");
  if (here === null) return readToken(slot);
  sessionStorage.setItem(slot, here);
  history.replaceState(history.state, "", location.pathname + location.search);
  return here;
}

/** What is kept, on pages whose own address may hold a token of another kind. In a frame there may be no store. */
export function readToken(slot: Slot): string | null {
  try {
    return sessionStorage.getItem(slot);
  } catch {
    return null;
  }
}

export function forgetToken(slot: Slot): void {
  sessionStorage.removeItem(slot);
}
