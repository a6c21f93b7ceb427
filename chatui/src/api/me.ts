import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Me } from "#protocol/api/me";
import { isSignedOut } from "./failure.ts";
import { getJson, sendJson } from "./http.ts";

/** Who is signed in; null for nobody. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  // Asked first because it answers a visitor with null: a 401 would stand in everybody's console.
  queryFn: async () => {
    if ((await getJson<unknown>("/api/auth/get-session")) === null) return null;
    return getJson<Me>("/api/me").catch((error: unknown) => {
      if (isSignedOut(error)) return null;
      throw error;
    });
  },
  staleTime: 60_000,
});

export function useMe() {
  return useQuery(meQuery);
}

/** Ends the session and forgets everything the page has read. */
export function useSignOut() {
  const queries = useQueryClient();
  return async function signOut() {
    await sendJson("POST", "/api/auth/sign-out", {});
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "site" });
    queries.setQueryData(meQuery.queryKey, null);
  };
}

export type Credentials = { name: string; email: string; password: string };

export function signUp({ name, email, password }: Credentials): Promise<unknown> {
  return sendJson("POST", "/api/auth/sign-up/email", { name, email, password });
}

/** `twoFactorRedirect`: the password is right, and a second step is needed. */
export function signIn({
  email,
  password,
}: Pick<Credentials, "email" | "password">): Promise<{ twoFactorRedirect?: boolean }> {
  return sendJson("POST", "/api/auth/sign-in/email", { email, password });
}

/** Deletes who is signed in, with all they have here. Errors: FRESH_SIGN_IN_NEEDED, CONFLICT (they own an app alone). */
export function deleteMe(): Promise<unknown> {
  return sendJson("DELETE", "/api/me");
}
