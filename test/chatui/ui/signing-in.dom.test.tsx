import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AccountPage } from "../../../chatui/src/ui/account-page.tsx";
import { SignForm } from "../../../chatui/src/ui/sign-form.tsx";
import { LinkPage, ResetPage } from "../../../chatui/src/ui/token-pages.tsx";
import type { Me } from "../../../packages/protocol/api/me.ts";
import type { SignInWays } from "../../../packages/protocol/sign-in.ts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const NOTHING: SignInWays = {
  password: true,
  email: false,
  passkey: false,
  google: false,
  github: false,
  guest: false,
};
const ALL: SignInWays = {
  password: true,
  email: true,
  passkey: true,
  google: true,
  github: true,
  guest: true,
};
const ME: Me = {
  user_id: "u",
  email: "ann@example.com",
  name: "Ann",
  realm: "ent",
  guest: false,
  admitted: true,
  enterprises: [],
};

let root: Root;
let page: HTMLElement;
let calls: { path: string; body: unknown }[];
let answers: Record<string, unknown>;
beforeEach(() => {
  page = document.body.appendChild(document.createElement("main"));
  root = createRoot(page);
  calls = [];
  answers = { "/api/auth/get-session": { user: {} }, "/api/me": ME };
  history.replaceState(null, "", "/sign-in");
  vi.stubGlobal(
    "PublicKeyCredential",
    Object.assign(() => {}, { parseRequestOptionsFromJSON() {} }),
  );
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    calls.push({ path, body: init.body === undefined ? null : JSON.parse(String(init.body)) });
    return Response.json(answers[path] ?? {});
  });
});
afterEach(() => {
  act(() => root.unmount());
  page.remove();
  vi.unstubAllGlobals();
});

const show = (content: ReactNode) =>
  act(async () =>
    root.render(<QueryClientProvider client={new QueryClient()}>{content}</QueryClientProvider>),
  );
const form = (ways: SignInWays, onDone = () => {}, mode: "sign-in" | "sign-up" = "sign-in") =>
  show(<SignForm mode={mode} ways={ways} to="/apps" onDone={onDone} forgot="Forgot your password?" />);
const buttons = () => [...page.querySelectorAll("button")].map((it) => it.textContent);
async function press(label: string) {
  const button = [...page.querySelectorAll("button")].find((it) => it.textContent === label);
  if (!button) throw new Error(`no ${label} among ${buttons().join(", ")}`);
  await act(async () => button.click());
  await act(async () => undefined);
}
async function type(name: string, value: string) {
  const input = page.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (!input) throw new Error(`no field ${name}`);
  await act(async () => {
    input.value = value;
  });
}
const until = (text: string) => vi.waitFor(() => act(async () => expect(page.textContent).toContain(text)));
const asked = (path: string) => calls.find((it) => it.path === path)?.body;

test("a page offers exactly the ways that the site does", async () => {
  await form(NOTHING);
  expect(buttons()).toEqual(["Sign in"]);
  expect(page.textContent).not.toContain("Forgot");
  await form(ALL);
  expect(page.textContent).toContain("Forgot");
});

test("all ways are there where all are offered", async () => {
  await form(ALL);
  expect(buttons()).toEqual([
    ...["Sign in", "E-mail me a code", "Use a passkey"],
    ...["Continue with Google", "Continue with GitHub", "Continue as guest"],
  ]);
});

test("no passkey is offered by a browser that knows none", async () => {
  vi.stubGlobal("PublicKeyCredential", undefined);
  await form(ALL);
  expect(buttons()).not.toContain("Use a passkey");
});

test("a code is asked for by mail and signs in", async () => {
  const done = vi.fn();
  await form({ ...NOTHING, email: true }, done);
  await press("E-mail me a code");
  await type("email", "ann@example.com");
  await press("E-mail me a code");
  expect(asked("/api/auth/email-otp/send-verification-otp")).toEqual({
    email: "ann@example.com",
    type: "sign-in",
  });
  await type("code", "123456");
  await press("Sign in");
  expect(asked("/api/auth/sign-in/email-otp")).toEqual({ email: "ann@example.com", otp: "123456" });
  expect(done).toHaveBeenCalledTimes(1);
});

test("after the password the second step is asked for, before anybody is in", async () => {
  const done = vi.fn();
  answers["/api/auth/sign-in/email"] = { twoFactorRedirect: true };
  await form(NOTHING, done);
  await type("email", "ann@example.com");
  await type("password", "correct horse");
  await press("Sign in");
  expect(done).not.toHaveBeenCalled();
  await type("code", "654321");
  await press("Go on");
  expect(asked("/api/auth/two-factor/verify-totp")).toEqual({ code: "654321" });
  expect(done).toHaveBeenCalledTimes(1);
});

test("a guest is let in by one click", async () => {
  const done = vi.fn();
  await form({ ...NOTHING, guest: true }, done);
  await press("Continue as guest");
  expect(asked("/api/auth/sign-in/anonymous")).toEqual({});
  expect(done).toHaveBeenCalledTimes(1);
});

test("T21 what an address says of an error is told in words of ours, never shown", async () => {
  history.replaceState(null, "", `/sign-in?error=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
  await form(ALL);
  expect(page.querySelector('[role="alert"]')?.textContent).toBe(
    "That sign-in did not work. Try again, or another way.",
  );
  expect(page.innerHTML).not.toContain("onerror");
});

test("a known error of a provider has its own words", async () => {
  history.replaceState(null, "", "/sign-in?error=account_not_linked&error_description=evil");
  await form(ALL);
  expect(page.textContent).toContain("There is an account with this address already.");
  expect(page.textContent).not.toContain("evil");
});

test("a mailed link signs in by a click, not by being opened", async () => {
  history.replaceState(null, "", "/sign-in/link#token=abc");
  const done = vi.fn();
  await show(<LinkPage siteName="Acme" onDone={done} />);
  expect(calls).toEqual([]);
  await press("Sign in to Acme");
  expect(calls[0]?.path).toBe("/api/auth/magic-link/verify?token=abc");
  expect(done).toHaveBeenCalledTimes(1);
});

test("a new password is set with the token behind the #, or asked for without one", async () => {
  history.replaceState(null, "", "/reset-password#token=abc");
  await show(<ResetPage signInLink={null} />);
  await type("password", "a new password");
  await press("Set the password");
  expect(asked("/api/auth/reset-password")).toEqual({ token: "abc", newPassword: "a new password" });
  expect(page.textContent).toContain("Your new password is set.");
});

test("a new password is asked for by mail, and nothing is said of who has an account", async () => {
  history.replaceState(null, "", "/reset-password");
  await show(<ResetPage signInLink={null} />);
  await type("email", "ann@example.com");
  await press("E-mail me a link");
  expect(asked("/api/auth/request-password-reset")).toEqual({ email: "ann@example.com" });
  expect(page.textContent).toContain("If it has an account here");
});

test("a guest keeps their chats by an address and its code", async () => {
  answers["/api/auth/passkey/list-user-passkeys"] = [];
  await show(<AccountPage me={{ ...ME, guest: true }} ways={ALL} />);
  await type("email", "ann@example.com");
  await press("E-mail me a code");
  expect(asked("/api/auth/email-otp/request-email-change")).toEqual({ newEmail: "ann@example.com" });
  await type("code", "123456");
  await press("Keep my chats");
  expect(asked("/api/auth/email-otp/change-email")).toEqual({ newEmail: "ann@example.com", otp: "123456" });
});

test("an account sets up a second step with password, key and code", async () => {
  answers["/api/auth/get-session"] = { user: { emailVerified: true, twoFactorEnabled: false } };
  answers["/api/auth/passkey/list-user-passkeys"] = [
    { id: "p", name: "Laptop", createdAt: "2026-11-01T00:00:00Z" },
  ];
  answers["/api/auth/two-factor/enable"] = {
    totpURI: "otpauth://totp/Acme:a?secret=ABCDEF",
    backupCodes: ["one", "two"],
  };
  await show(<AccountPage me={ME} ways={ALL} />);
  await until("Laptop");
  await until("Set it up");
  expect(page.textContent).not.toContain("Confirm your e-mail");
  await type("value", "correct horse");
  await press("Set it up");
  await until("ABCDEF");
  await type("value", "123456");
  await press("Turn it on");
  expect(asked("/api/auth/two-factor/verify-totp")).toEqual({ code: "123456" });
});
