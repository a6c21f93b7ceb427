import { getJson, sendJson } from "./http.ts";

const post = <T>(path: string, body: object) => sendJson<T>("POST", `/api/auth${path}`, body);

export const askForCode = (email: string) =>
  post("/email-otp/send-verification-otp", { email, type: "sign-in" });
export const signInByCode = (email: string, otp: string) => post("/sign-in/email-otp", { email, otp });
export const askForNewPassword = (email: string) => post("/request-password-reset", { email });
export const setNewPassword = (token: string, newPassword: string) =>
  post("/reset-password", { token, newPassword });
export const signInAsGuest = () => post("/sign-in/anonymous", {});
export const signInByLink = (token: string) =>
  getJson(`/api/auth/magic-link/verify?token=${encodeURIComponent(token)}`);

/** The second step: six digits of an authenticator app, or one of the backup codes. */
export const takeSecondStep = (code: string) =>
  /^\d{6}$/.test(code)
    ? post("/two-factor/verify-totp", { code })
    : post("/two-factor/verify-backup-code", { code });
export const beginSecondStep = (password: string) =>
  post<{ totpURI: string; backupCodes: string[] }>("/two-factor/enable", { password });
export const endSecondStep = (password: string) => post("/two-factor/disable", { password });

/** A guest's own address: asked for, then proven by the code that went there. */
export const askToKeep = (newEmail: string) => post("/email-otp/request-email-change", { newEmail });
export const keepAs = (newEmail: string, otp: string) => post("/email-otp/change-email", { newEmail, otp });

/** The proof of an address that somebody has signed up with. */
export const askForProof = (email: string) =>
  post("/email-otp/send-verification-otp", { email, type: "email-verification" });
export const proveAddress = (email: string, otp: string) => post("/email-otp/verify-email", { email, otp });

export type Account = { user: { emailVerified: boolean; twoFactorEnabled?: boolean } };
export const readAccount = () => getJson<Account | null>("/api/auth/get-session");

/** Leaves for the provider; the browser comes back signed in, to `to`. */
export async function leaveFor(provider: "google" | "github", to: string): Promise<void> {
  const { url } = await post<{ url: string }>("/sign-in/social", { provider, callbackURL: to });
  location.assign(url);
}
