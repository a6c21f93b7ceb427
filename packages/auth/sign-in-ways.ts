import { passkey } from "@better-auth/passkey";
import type { BetterAuthOptions, BetterAuthPlugin } from "better-auth";
import { APIError, addOAuthServerContext, createAuthMiddleware, getOAuthState } from "better-auth/api";
import { anonymous } from "better-auth/plugins/anonymous";
import { emailOTP } from "better-auth/plugins/email-otp";
import { magicLink } from "better-auth/plugins/magic-link";
import { twoFactor } from "better-auth/plugins/two-factor";
import type { SignInWays } from "#protocol/sign-in";
import { waitText } from "#rates/wait-text";
import { type Attempt, attemptOf } from "./attempts.ts";
import { hmacOf } from "./hmac-of.ts";
import { type AuthMail, type Outbox, outbox } from "./outbox.ts";
import { isSafeRedirect, REDIRECT_FIELDS } from "./safe-redirect.ts";

/** A client at a provider that people sign in with. */
export type Provider = { clientId: string; clientSecret: string };

/** The ways in that an address offers, and what they need. */
export type Offer = {
  ways: SignInWays;
  /** Origin of the site's pages, to which links in mails lead. */
  pages: string;
  /** What an authenticator app and a passkey call this site. */
  siteName: string;
  google: Provider | null;
  github: Provider | null;
  /** Sends one mail; throws if it could not be sent. */
  sendMail: ((mail: AuthMail) => Promise<void>) | null;
  /** Counts an attempt; null where it may be made now. */
  admit: (attempt: Attempt) => Promise<{ retry_after_s: number } | null>;
  /** Whether a code of an authenticator app is presented for the first time. */
  isFirstUse: (userId: string, code: string) => Promise<boolean>;
  /** Whose proven addresses may become new accounts; null: anybody may have one, proven or not. */
  admits: ((email: string) => Promise<boolean>) | null;
  /** The link by which anybody may have one all the same, as its hash; `shown`: it was followed by whoever asks now. */
  link: { hash: string; shown: boolean } | null;
};

const CODE_S = 300;
const LINK_S = 300;
const RESET_S = 1_800;
/** Wrong guesses at one code; the sixth try finds it void. */
const CODE_ATTEMPTS = 5;
const CODES = {
  "sign-in": "sign_in_code",
  "email-verification": "verify_code",
  "forget-password": "reset_code",
  "change-email": "change_code",
} as const;

/** Ways that prove one thing only: who has a second step is not let in by them. */
const ONE_STEP: ReadonlySet<string> = new Set([
  "/sign-in/email-otp",
  "/magic-link/verify",
  "/callback/:id",
  // With an ID token it signs in by itself; else it only leads to the provider.
  "/sign-in/social",
]);

type SessionBefore = NonNullable<
  NonNullable<NonNullable<NonNullable<BetterAuthOptions["databaseHooks"]>["session"]>["create"]>["before"]
>;

/**
 * Refuses a session that a mail or a provider alone would give to somebody with a second step, and one that a code of an
 * authenticator app would give for the second time: who looked over a shoulder has nothing of it.
 */
export function askSecondStep(offer: Offer | null): SessionBefore {
  return async (session, ctx) => {
    if (!ctx) return;
    if (ctx.path === "/two-factor/verify-totp") {
      const { code } = ctx.body as { code: string };
      if (!(await offer?.isFirstUse(session.userId, code))) {
        throw new APIError("UNAUTHORIZED", {
          code: "INVALID_CODE",
          message: "This code was used before. Wait for the next one.",
        });
      }
    }
    if (!ONE_STEP.has(ctx.path)) return;
    const user = await ctx.context.internalAdapter.findUserById(session.userId);
    if (!(user as { twoFactorEnabled?: boolean } | null)?.twoFactorEnabled) return;
    throw new APIError("FORBIDDEN", {
      code: "TWO_STEPS_NEEDED",
      message: "This account has a second step. Sign in with its password or a passkey.",
    });
  };
}

/** What better-auth needs for the ways that an address offers, for one request. What isn't offered is not there. */
export function signInOptions(offer: Offer, at: { origin: string; secret: string; realm: string }) {
  const { ways, siteName, pages, google, github } = offer;
  const mails = outbox(offer.sendMail);
  const { hostname } = new URL(at.origin);
  const plugins: BetterAuthPlugin[] = [
    twoFactor({
      issuer: siteName,
      accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 },
      backupCodeOptions: { storeBackupCodes: "encrypted" },
    }),
  ];
  if (ways.passkey) plugins.push(passkey({ rpID: hostname, rpName: siteName, origin: at.origin }));
  if (ways.email) plugins.push(...byMail(mails, { ...at, pages }));
  if (ways.guest)
    plugins.push(
      anonymous({
        generateName: () => "Guest",
        emailDomainName: "guest.invalid",
        disableDeleteAnonymousUser: true,
      }),
    );
  const disabledPaths = ways.google || ways.github ? [] : ["/sign-in/social"];
  return {
    plugins,
    disabledPaths,
    socialProviders: { ...(google && { google }), ...(github && { github }) },
    emailAndPassword: ways.email
      ? {
          resetPasswordTokenExpiresIn: RESET_S,
          sendResetPassword: async ({ user, token }: { user: { email: string }; token: string }) =>
            // Behind `#`: no server, log or referrer sees the token.
            mails.put({
              kind: "reset_link",
              to: user.email,
              url: `${pages}/reset-password#token=${token}`,
            }),
        }
      : {},
    emailVerification: ways.email ? { sendOnSignUp: true } : {},
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        for (const part of [ctx.body, ctx.query] as (Record<string, unknown> | undefined)[])
          for (const field of REDIRECT_FIELDS)
            if (part?.[field] !== undefined && !isSafeRedirect(part[field])) refuseRedirect(field);
        // The same for every address, so that nobody learns which ones are invited (T18).
        if (ctx.path === "/sign-up/email" && offer.admits && !offer.link?.shown) refuseStranger();
        // Who comes back from a provider brings no header of ours: the state says what they had followed.
        if (ctx.path === "/sign-in/social" && offer.link?.shown)
          await addOAuthServerContext({ link: offer.link.hash });
        const attempt = attemptOf(ctx.path, ctx.body);
        const tooMany = attempt && (await offer.admit(attempt));
        if (attempt && tooMany) refuseAttempt(attempt, tooMany.retry_after_s);
      }),
      after: createAuthMiddleware(async (ctx) => mails.send(ctx)),
    },
  };
}

/** Refuses a new account to whom the app has not invited: their address is proven by now, so only they learn of it. */
export async function askAdmission(
  offer: Offer | null,
  user: { email: string; emailVerified?: boolean | undefined },
): Promise<void> {
  if (!offer?.admits || offer.link?.shown) return;
  if (user.emailVerified && (await offer.admits(user.email))) return;
  const followed = (await getOAuthState())?.serverContext?.link;
  if (offer.link === null || followed !== offer.link.hash) refuseStranger();
}

function refuseStranger(): never {
  throw new APIError("FORBIDDEN", {
    code: "NOT_ADMITTED",
    message:
      "This app is for invited people. Sign in with the address that was invited, or by the link you were sent.",
  });
}

/** In better-auth's own shape, with the header that any 429 has. */
function refuseAttempt({ kind }: Attempt, seconds: number): never {
  const body =
    kind === "guest"
      ? {
          code: "TOO_MANY_GUESTS",
          message: "Many guests have come within the hour. Sign in, or try again later.",
        }
      : { code: "TOO_MANY_ATTEMPTS", message: `Too many tries. Wait ${waitText(seconds)}, then try again.` };
  throw new APIError("TOO_MANY_REQUESTS", body, { "retry-after": String(seconds) });
}

function refuseRedirect(field: string): never {
  throw new APIError("BAD_REQUEST", {
    code: "INVALID_REDIRECT",
    message: `${field} must be a path of this site, like /apps.`,
  });
}

/** Codes and links. Codes are kept as an HMAC (six digits are no secret to a hash), links as SHA-256. */
function byMail(mails: Outbox, at: { pages: string; secret: string; realm: string }): BetterAuthPlugin[] {
  return [
    emailOTP({
      expiresIn: CODE_S,
      allowedAttempts: CODE_ATTEMPTS,
      storeOTP: { hash: (code) => hmacOf(at.secret, `code:${at.realm}:${code}`) },
      overrideDefaultEmailVerification: true,
      changeEmail: { enabled: true },
      sendVerificationOTP: async ({ email, otp, type }) =>
        mails.put({ kind: CODES[type], to: email, code: otp }),
    }),
    magicLink({
      expiresIn: LINK_S,
      storeToken: "hashed",
      sendMagicLink: async ({ email, token }) =>
        mails.put({ kind: "sign_in_link", to: email, url: `${at.pages}/sign-in/link#token=${token}` }),
    }),
  ];
}
