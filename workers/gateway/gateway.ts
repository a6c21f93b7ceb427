import { bodyLimit } from "hono/body-limit";
import { except } from "hono/combine";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { host } from "./middleware/host.ts";
import { openToHostPages } from "./middleware/host-pages.ts";
import { measure } from "./middleware/measure.ts";
import { refuseOwnCalls } from "./middleware/refuse-own-calls.ts";
import { roughOfAddress } from "./middleware/rough.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { notFound } from "./not-found.ts";
import { routes } from "./route.ts";
import { appRoutes } from "./routes/apps.ts";
import { auditRoutes } from "./routes/audit.ts";
import { authRoutes } from "./routes/auth.ts";
import { buildRoutes } from "./routes/builds.ts";
import { chatInputRoutes } from "./routes/chat-input.ts";
import { chatLogRoutes } from "./routes/chat-log.ts";
import { chatTokenRoutes } from "./routes/chat-token.ts";
import { chatRoutes } from "./routes/chats.ts";
import { dataRightsRoutes } from "./routes/data-rights.ts";
import { devMailRoutes } from "./routes/dev-mail.ts";
import { addDocs } from "./routes/docs.ts";
import { domainRoutes } from "./routes/domains.ts";
import { endUserRoutes } from "./routes/end-users.ts";
import { exportRoutes } from "./routes/export.ts";
import { fileRoutes } from "./routes/files.ts";
import { healthRoutes } from "./routes/health.ts";
import { identityRoutes } from "./routes/identity.ts";
import { invitationRoutes } from "./routes/invitations.ts";
import { joinLinkRoutes } from "./routes/join-links.ts";
import { keyRoutes } from "./routes/keys.ts";
import { knowledgeRoutes } from "./routes/knowledge.ts";
import { logoRoutes } from "./routes/logo.ts";
import { meRoutes } from "./routes/me.ts";
import { memberRoutes } from "./routes/members.ts";
import { ownerRoutes } from "./routes/owner.ts";
import { planRoutes } from "./routes/plan.ts";
import { priceRoutes } from "./routes/prices.ts";
import { replayRoutes } from "./routes/replays.ts";
import { secretRoutes } from "./routes/secrets.ts";
import { siteRoutes } from "./routes/site.ts";
import { socketRoutes } from "./routes/sockets.ts";
import { statementRoutes } from "./routes/statements.ts";
import { tableCsvRoutes } from "./routes/table-csv.ts";
import { tableRoutes } from "./routes/tables.ts";
import { teamRoutes } from "./routes/team.ts";
import { teamChatRoutes } from "./routes/team-chats.ts";
import { toolRoutes } from "./routes/tools.ts";
import { triggerRoutes } from "./routes/triggers.ts";
import { uploadRoutes } from "./routes/uploads.ts";
import { versionRoutes } from "./routes/versions.ts";
import { visitorRoutes } from "./routes/visitors.ts";
import { webhookLogRoutes } from "./routes/webhook-log.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import { workflowRoutes } from "./routes/workflows.ts";
import { translateError } from "./translate-error.ts";

const UPLOADS = ["/api/chat/upload", "/api/apps/:enterprise_id/knowledge", "/api/apps/:enterprise_id/import"];
/** What a chat needs on a page of another site. */
const OPEN_TO_HOST_PAGES = [
  "/api/site",
  "/api/workflows",
  "/api/chats/*",
  "/api/chat/upload",
  "/api/tool-call/respond",
  "/chat/*",
];

/** Everything the platform answers on HTTP, and the door to its sockets. */
export const gateway = routes();

gateway.onError(translateError);
gateway.use(measure);
gateway.use(securityHeaders);
gateway.use(refuseOwnCalls);
gateway.use(roughOfAddress);
gateway.use(host);
for (const path of OPEN_TO_HOST_PAGES) gateway.use(path, openToHostPages);
const limited = bodyLimit({
  maxSize: LIMITS.bodyMaxBytes,
  onError: () => {
    throw appError("TOO_LARGE", { max_bytes: LIMITS.bodyMaxBytes });
  },
});
// These have a limit of their own, kept while they are read (`read-form.ts`, `table-import.ts`).
gateway.use(except([...UPLOADS, "/api/apps/:enterprise_id/tables/:table/import"], limited));

for (const part of [
  authRoutes,
  healthRoutes,
  siteRoutes,
  planRoutes,
  meRoutes,
  dataRightsRoutes,
  appRoutes,
  logoRoutes,
  memberRoutes,
  invitationRoutes,
  endUserRoutes,
  joinLinkRoutes,
  secretRoutes,
  domainRoutes,
  keyRoutes,
  identityRoutes,
  visitorRoutes,
  auditRoutes,
  teamRoutes,
  teamChatRoutes,
  buildRoutes,
  replayRoutes,
  versionRoutes,
  fileRoutes,
  exportRoutes,
  workflowRoutes,
  toolRoutes,
  ownerRoutes,
  statementRoutes,
  tableRoutes,
  tableCsvRoutes,
  triggerRoutes,
  webhookRoutes,
  webhookLogRoutes,
  priceRoutes,
  chatTokenRoutes,
  chatRoutes,
  chatLogRoutes,
  chatInputRoutes,
  uploadRoutes,
  knowledgeRoutes,
  socketRoutes,
  devMailRoutes,
]) {
  gateway.route("/", part);
}
addDocs(gateway);

gateway.notFound(notFound(gateway));
