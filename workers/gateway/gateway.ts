import { bodyLimit } from "hono/body-limit";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { host } from "./middleware/host.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { notFound } from "./not-found.ts";
import { routes } from "./route.ts";
import { appRoutes } from "./routes/apps.ts";
import { authRoutes } from "./routes/auth.ts";
import { buildRoutes } from "./routes/builds.ts";
import { chatInputRoutes } from "./routes/chat-input.ts";
import { chatLogRoutes } from "./routes/chat-log.ts";
import { chatTokenRoutes } from "./routes/chat-token.ts";
import { chatRoutes } from "./routes/chats.ts";
import { addDocs } from "./routes/docs.ts";
import { healthRoutes } from "./routes/health.ts";
import { meRoutes } from "./routes/me.ts";
import { ownerRoutes } from "./routes/owner.ts";
import { priceRoutes } from "./routes/prices.ts";
import { siteRoutes } from "./routes/site.ts";
import { socketRoutes } from "./routes/sockets.ts";
import { statementRoutes } from "./routes/statements.ts";
import { workflowRoutes } from "./routes/workflows.ts";
import { translateError } from "./translate-error.ts";

/** Everything the platform answers on HTTP, and the door to its sockets. */
export const gateway = routes();

gateway.onError(translateError);
gateway.use(securityHeaders);
gateway.use(host);
gateway.use(
  bodyLimit({
    maxSize: LIMITS.bodyMaxBytes,
    onError: () => {
      throw appError("TOO_LARGE", { max_bytes: LIMITS.bodyMaxBytes });
    },
  }),
);

for (const part of [
  authRoutes,
  healthRoutes,
  siteRoutes,
  meRoutes,
  appRoutes,
  buildRoutes,
  workflowRoutes,
  ownerRoutes,
  statementRoutes,
  priceRoutes,
  chatTokenRoutes,
  chatRoutes,
  chatLogRoutes,
  chatInputRoutes,
  socketRoutes,
]) {
  gateway.route("/", part);
}
addDocs(gateway);

gateway.notFound(notFound(gateway));
