import { verifyChatToken } from "#auth/chat-token";
import type { Principal } from "#auth/principal";
import type { Ctx } from "./call.ts";
import { bearerOf, findPrincipal, findTokenUser } from "./find-principal.ts";

/** The first of the subprotocol pair: it is echoed, the token beside it never is. */
export const BEARER_PROTOCOL = "mozaiks.bearer.v1";

/** Who connects. `enterprise_id` and `chat_id`: all that a chat token is good for; a session is not tied. */
export type SocketCaller = { who: Principal; enterprise_id?: string; chat_id?: string | undefined };

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
 * Who opens a socket: by chat token or session token, else by cookie from a page of this very address (T10).
 * Null: nobody, or no longer. Throws nothing and touches no object.
 */
export async function socketCaller(c: Ctx): Promise<SocketCaller | null> {
  const { deps, origin } = c.env;
  const { realm } = c.var.host;
  const token = tokenOf(c);
  if (token === null) {
    const cookie = c.req.header("cookie");
    if (cookie === undefined || c.req.header("origin") !== origin) return null;
    const who = await findPrincipal(c, { cookie });
    return who && { who };
  }
  if (token.split(".").length !== 3) {
    const who = await findPrincipal(c, { bearer: token });
    return who && { who };
  }
  const claims = await verifyChatToken(token, deps.env.TOKEN_SECRET, deps.clock.now());
  if (claims === "expired" || claims === "bad" || claims.realm !== realm) return null;
  const who = await findTokenUser(deps, claims);
  return who && { who, enterprise_id: claims.enterprise_id, chat_id: claims.chat_id };
}
