import type { Env } from "#workers/env";
import product, { ChatSession as Chat } from "#workers/index";

export * from "#workers/index";

/** In so much of each period the database gives chats no answer, now by an error, now by none at all. Milliseconds. */
const PERIOD_MS = 30_000;
const GONE_MS = 5_000;
/** Of the calls at the gateway, where people come in, one in so many fails. */
const ONE_IN = 1_000;

const gone = () => Promise.reject(new Error("D1_ERROR: Network connection lost."));
const hangs = () => new Promise<never>(() => undefined);
const asks = new Set(["run", "all", "first", "raw", "batch", "exec"]);

/** A database whose calls are answered by `fault` where that says so; what is only built, as statements are, is built. */
function faulty<T extends object>(it: T, fault: () => (() => Promise<never>) | null): T {
  return new Proxy(it, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const wrong = asks.has(String(name)) ? fault() : null;
        if (wrong) return wrong();
        const got: unknown = value.apply(target, args);
        return name === "prepare" || name === "bind" ? faulty(got as object, fault) : got;
      };
    },
  });
}

function chatFault(): (() => Promise<never>) | null {
  const now = Date.now();
  if (now % PERIOD_MS >= GONE_MS) return null;
  return Math.floor(now / PERIOD_MS) % 2 === 0 ? gone : hangs;
}

const gatewayFault = () => (Math.random() * ONE_IN < 1 ? gone : null);

/** A chat whose database is gone now and then. */
export class ChatSession extends Chat {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, { ...env, DB: faulty(env.DB, chatFault) });
  }
}

/** The product's Worker, whose database fails now and then. */
export default {
  ...product,
  fetch: (request: Request, env: Env, ctx: ExecutionContext) =>
    product.fetch(request, { ...env, DB: faulty(env.DB, gatewayFault) }, ctx),
};
