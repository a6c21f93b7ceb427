import { beginGuest, endVisitor, exchangeIdentity } from "../api/visitors.ts";

/** Who chats: by a bearer token of the app's address. `signed`: named by the host site, or signed in; else a guest. */
export type Visitor = { token: string; signed: boolean };

/** Where a visitor is remembered between pages. */
export type KeptVisitor = {
  load: () => Visitor | null;
  save: (visitor: Visitor | null) => void;
};

/** `failed`: the last attempt to become somebody. */
export type VisitorState = { visitor: Visitor | null; failed: unknown };

export type Visitors = {
  state: () => VisitorState;
  subscribe: (changed: () => void) => () => void;
  beGuest: () => Promise<void>;
  /** By a token that the host site's server signed. @returns whether it was good; if not, they are nobody. */
  be: (signed: string) => Promise<boolean>;
  /** By a session that a form has begun. */
  take: (token: string) => void;
  /** Their session is over: whoever comes next is somebody else. */
  forget: () => void;
  /** Ends the session and forgets it. */
  leave: () => Promise<void>;
};

/** Who the visitor of one app is, on one page. No cookie is used: in a frame of another site there is none. */
export function createVisitors(base: string, enterpriseId: string, kept: KeptVisitor): Visitors {
  // Without a token: these answers begin a session or end one that is named.
  const client = { base, token: async () => null };
  const listeners = new Set<() => void>();
  let now: VisitorState = { visitor: kept.load(), failed: null };
  let turn = 0;

  function set(next: VisitorState) {
    now = next;
    kept.save(next.visitor);
    for (const changed of listeners) changed();
  }
  /** Of several that are under way the last one counts. */
  async function become(ask: () => Promise<{ session_token: string }>, signed: boolean): Promise<boolean> {
    turn += 1;
    const mine = turn;
    try {
      const { session_token: token } = await ask();
      if (mine === turn) set({ visitor: { token, signed }, failed: null });
      return true;
    } catch (failed) {
      if (mine === turn) set({ visitor: null, failed });
      return false;
    }
  }
  return {
    state: () => now,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    async beGuest() {
      await become(() => beginGuest(enterpriseId, client), false);
    },
    be(signed) {
      const before = now.visitor?.token;
      return become(() => exchangeIdentity(enterpriseId, signed, before, client), true);
    },
    take: (token) => set({ visitor: { token, signed: true }, failed: null }),
    forget() {
      turn += 1;
      set({ visitor: null, failed: null });
    },
    async leave() {
      turn += 1;
      const { visitor } = now;
      set({ visitor: null, failed: null });
      if (visitor) await endVisitor(enterpriseId, visitor.token, client).catch(() => {});
    },
  };
}

const KEY = "mozaiks:visitor";

/**
 * In the browser's storage, which a frame has for each site that holds it: a guest until the storage is cleared, so that
 * they find their chats again; who was signed as long as the tab, since the host site names them anew on each page.
 */
export function keptInBrowser(enterpriseId: string): KeptVisitor {
  const key = `${KEY}:${enterpriseId}`;
  const read = (storage: () => Storage, signed: boolean): Visitor | null => {
    try {
      const token = storage().getItem(key);
      return token === null ? null : { token, signed };
    } catch {
      return null;
    }
  };
  const write = (storage: () => Storage, token: string | null) => {
    try {
      if (token === null) storage().removeItem(key);
      else storage().setItem(key, token);
    } catch {
      // Full or forbidden: they are somebody for as long as the page lives.
    }
  };
  return {
    load: () => read(() => sessionStorage, true) ?? read(() => localStorage, false),
    save(visitor) {
      write(() => sessionStorage, visitor?.signed ? visitor.token : null);
      write(() => localStorage, visitor && !visitor.signed ? visitor.token : null);
    },
  };
}
