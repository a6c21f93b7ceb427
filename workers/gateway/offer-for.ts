import type { Offer, Provider } from "#auth/sign-in-ways";
import { scopeOf } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import { signInMail } from "#mail/sign-in-mail";
import { isInvitedAddress } from "#members/invited-addresses";
import { readSecret } from "#secrets/secret-store";
import { appUrl } from "../app-url.ts";
import { mailFor } from "../mail-for.ts";
import { limit } from "../rate-limiter/limit.ts";
import { secretDeps } from "../secret-deps.ts";
import { FOUNDRY_LOOK } from "../send-or-say.ts";
import { admit } from "./admit.ts";
import type { Ctx } from "./call.ts";
import { isJoinToken, JOIN_HEADER } from "./join-link.ts";

/** The ways in that this address offers: what is configured for the foundry, or set by the app's owner. */
export async function offerFor(c: Ctx): Promise<Offer> {
  const { deps, site, origin } = c.env;
  const { app, realm } = c.var.host;
  const send = mailFor(deps);
  const look = app
    ? { name: app.name, colour: app.branding.primary_color ?? FOUNDRY_LOOK.colour }
    : FOUNDRY_LOOK;
  const [google, github] = await Promise.all([providerOf(c, app, "google"), providerOf(c, app, "github")]);
  // Passkeys and providers need cookies between two requests; behind `/a/{slug}` there are none.
  const cookies = site?.kind !== "app" || site.cookies;
  return {
    // Behind `/a/{slug}` there are no pages either: those are at the app's own address.
    pages: app && site?.prefix ? appUrl(deps.env, app) : origin,
    siteName: look.name,
    google: cookies ? google : null,
    github: cookies ? github : null,
    sendMail: send && ((mail) => send(signInMail(mail, look))),
    admit: (attempt) => admit(c, attempt),
    isFirstUse: async (userId, code) =>
      (await limit(deps, [[{ rate: "totp_code", of: `${realm} ${userId} ${code}` }]])) === null,
    ...(await admissionTo(c, app)),
    ways: {
      password: true,
      email: send !== null,
      passkey: cookies,
      google: cookies && google !== null,
      github: cookies && github !== null,
      guest: app?.signIn.guests === true && app.visibility === "public",
    },
  };
}

/** Whether new accounts may be made: where only invited people come in, for their proven addresses, or by the link. */
async function admissionTo(c: Ctx, app: EnterpriseRow | null): Promise<Pick<Offer, "admits" | "link">> {
  if (app?.visibility !== "invited") return { admits: null, link: null };
  const shown = await isJoinToken(app, c.req.header(JOIN_HEADER));
  return {
    admits: (email) => isInvitedAddress(c.env.deps.db, scopeOf(app.enterpriseId), email),
    link: app.joinHash === null ? null : { hash: app.joinHash, shown },
  };
}

/** An app's own client at a provider, or the foundry's; null where the id or its secret is missing. */
async function providerOf(
  c: Ctx,
  app: EnterpriseRow | null,
  name: "google" | "github",
): Promise<Provider | null> {
  const { deps } = c.env;
  const secretName = `${name.toUpperCase()}_CLIENT_SECRET` as "GOOGLE_CLIENT_SECRET" | "GITHUB_CLIENT_SECRET";
  const idName = `${name.toUpperCase()}_CLIENT_ID` as "GOOGLE_CLIENT_ID" | "GITHUB_CLIENT_ID";
  const clientId = app ? app.signIn[`${name}_client_id`] : deps.env[idName];
  if (!clientId) return null;
  const clientSecret = app
    ? await readSecret(secretDeps(deps), scopeOf(app.enterpriseId), secretName)
    : deps.env[secretName];
  return clientSecret ? { clientId, clientSecret } : null;
}
