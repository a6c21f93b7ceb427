import { findProof } from "#auth/find-user";
import { FOUNDRY_REALM } from "#auth/realm";
import { listEnterprisesMadeBy } from "#enterprises/count-enterprises";
import type { Deps } from "../compose.ts";
import { sendsMail } from "../mail-for.ts";
import { LOCAL_ADDRESS } from "../rate-limiter/address-of.ts";
import { type Count, limit } from "../rate-limiter/limit.ts";
import { ledgerFor } from "../token-ledger/ledger-for.ts";

/** Mail that anybody gets for nothing: that many of its people come on a day says nothing. */
const PUBLIC_MAIL: ReadonlySet<string> = new Set(
  "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com proton.me protonmail.com gmx.com gmx.net gmx.de web.de mail.com zoho.com fastmail.com yandex.ru mail.ru qq.com 163.com".split(
    " ",
  ),
);

type Trial = { userId: string; enterpriseId: string; address: string };

/**
 * Credits an app's trial, once, as long as its maker has one left, and the address and the domain of mail that they come from
 * (T34). Trials are the person's, not the app's: a deleted app gives none back. Where mail is really sent, whoever has not
 * proven their address gets it when they do (`grantTrials`). An app without one is there all the same.
 */
export async function grantTrial(deps: Deps, { userId, enterpriseId, address }: Trial): Promise<void> {
  const who = await findProof(deps.db, FOUNDRY_REALM, userId);
  if (!who || (!who.emailVerified && needsProof(deps.env))) return;
  if (await limit(deps, countsOf({ userId, enterpriseId, address }, who.email))) return;
  await ledgerFor(deps.env, enterpriseId).credit({
    kind: "trial",
    amount_nano: BigInt(deps.env.TRIAL_GRANT_NANO),
    key: `trial:${enterpriseId}`,
  });
}

/** Somebody has proven their address: the trials of the apps that they made before. */
export async function grantTrials(deps: Deps, userId: string, address: string): Promise<void> {
  if (!needsProof(deps.env)) return;
  for (const enterpriseId of await listEnterprisesMadeBy(deps.db, userId))
    await grantTrial(deps, { userId, enterpriseId, address });
}

function needsProof(env: Deps["env"]): boolean {
  return env.TRIAL_NEEDS_PROOF === undefined ? sendsMail(env) : env.TRIAL_NEEDS_PROOF === "yes";
}

function countsOf({ userId, enterpriseId, address }: Trial, email: string): Count[][] {
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  const kind = PUBLIC_MAIL.has(domain) ? "trial_by_public_mail_domain" : "trial_by_mail_domain";
  return [
    [
      { rate: "trial_by_person", of: userId },
      { rate: "trial_by_app", of: enterpriseId },
    ],
    [{ rate: "trial_by_address", of: address }],
    // On somebody's own machine all of them are their own.
    ...(address === LOCAL_ADDRESS ? [] : [[{ rate: kind, of: domain } as const]]),
  ];
}
