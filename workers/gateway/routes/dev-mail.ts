import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { readMail } from "#mail/local-mailbox";
import { hasMailbox } from "../../mail-for.ts";
import type { Ctx } from "../call.ts";
import { mailPage } from "../mail-page.ts";
import { routes } from "../route.ts";

/** The mail of a Worker on somebody's own machine. Anywhere else there is no such page. */
export const devMailRoutes = routes();

async function keptMail(c: Ctx) {
  const { env, db, clock } = c.env.deps;
  if (!hasMailbox(env)) throw appError("NOT_FOUND");
  return readMail(db, clock.now());
}

devMailRoutes.get("/dev/mail", async (c) => {
  const nonce = c.env.deps.newId("nonce");
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;
  return c.html(mailPage(await keptMail(c), nonce), 200, { "content-security-policy": policy });
});

devMailRoutes.get("/dev/mail.json", async (c) => {
  const items = (await keptMail(c)).map(({ to, subject, text, html, at }) => ({
    ...{ to, subject, text, html },
    at: isoTime(at),
  }));
  return c.json({ items });
});
