import { verifyChatToken } from "#auth/chat-token";
import type { Principal } from "#auth/principal";
import type { Ctx } from "./call.ts";
import { bearerOf, findPrincipal, findTokenUser } from "./find-principal.ts";

/** The first of the subprotocol pair: it is echoed, the token beside it never is. */
export const BEARER_PROTOCOL = "mozaiks.bearer.v1";

/** All that a chat token is good for; a session is not tied. */
type Tied = { enterprise_id?: string; chat_id?: string | undefined };
/** Whose credential it is, by its own word: whether they are still there is for the index to say. */
export type SocketBearer = Tied & {
  user_id: string;
  session_id: string | undefined;
  /** Of a token that an API key asked for; such a token names its enterprise. */
  key_id?: string | undefined;
};
/** Who connects. */
export type SocketCaller = Tied & { who: Principal };

function fromSubprotocol(header: string | undefined): string | null {
  const [name, encoded] = (header ?? "").split(",").map((it) => it.trim());
  if (name !== BEARER_PROTOCOL || !encoded || !/^[\w-]+$/.test(encoded)) return null;
  try {
    return atob(encoded.replace(/-/g, "+").replace(/_/g, "/"));
  } catch {
    return null;
  }
}

/** The token of a socket request, from wherever a client could put it. */
function tokenOf(c: Ctx): string | null {
  return (
    bearerOf(c.req.header("authorization")) ??
    fromSubprotocol(c.req.header("sec-websocket-protocol")) ??
    c.req.query("access_token") ??
    null
  );
}

/**
 * Whose credential opens a socket: a chat token or session token, else a cookie from a page of this very address (T10).
 * Null: nobody's, or no longer good. Throws nothing and touches no object.
 */
export async function socketBearer(c: Ctx): Promise<SocketBearer | null> {
  const { deps, origin } = c.env;
  const { realm } = c.var.host;
  const token = tokenOf(c);
  if (token === null) {
    const cookie = c.req.header("cookie");
    if (cookie === undefined || c.req.header("origin") !== origin) return null;
    const who = await findPrincipal(c, { cookie });
    return who && { user_id: who.user_id, session_id: who.session_id };
  }
  if (token.split(".").length !== 3) {
    const who = await findPrincipal(c, { bearer: token });
    return who && { user_id: who.user_id, session_id: who.session_id };
  }
  const claims = await verifyChatToken(token, deps.env.TOKEN_SECRET, deps.clock.now());
  if (claims === "expired" || claims === "bad" || claims.realm !== realm) return null;
  const { sub, session_id, key_id, enterprise_id, chat_id } = claims;
  return { user_id: sub, session_id, key_id, enterprise_id, chat_id };
}

/** Who opens a socket. Null: nobody, or no longer. */
export async function socketCaller(c: Ctx): Promise<SocketCaller | null> {
  const bearer = await socketBearer(c);
  if (bearer === null) return null;
  const { user_id: sub, session_id, key_id, ...tied } = bearer;
  const { realm } = c.var.host;
  const enterprise_id = tied.enterprise_id ?? realm;
  const who = await findTokenUser(c.env.deps, { realm, sub, session_id, key_id, enterprise_id });
  return who && { ...tied, who };
}
