import type { fakeProvider, ProviderPerson } from "#test/support/fake-provider";
import { type Answer, call } from "./client.ts";

/** `more`: of the body; `meanwhile`: while the person is at the provider. */
type Come = { headers?: Record<string, string>; more?: object; meanwhile?: () => Promise<unknown> };

let n = 0;
export const somebody = (more: Partial<ProviderPerson> = {}): ProviderPerson => {
  n += 1;
  return { id: `id-${n}`, email: `p${n}@example.com`, verified: true, name: "Pat", ...more };
};

export const cookiesOf = ({ headers }: Answer) =>
  headers
    .getSetCookie()
    .map((it) => it.split(";")[0])
    .join("; ");

export const beginAt = (at: string, name: string, { headers, more }: Come = {}) =>
  call("/api/auth/sign-in/social", {
    at,
    headers: { origin: at, ...headers },
    json: { provider: name, callbackURL: "/", ...more },
  });

export const comeBack = (to: URL, cookie: string, at = to.origin) =>
  call(`${to.pathname}${to.search}`, { at, headers: { cookie } });

/** The whole way by a provider, with all that was seen on it. */
export async function signInBy(
  provider: ReturnType<typeof fakeProvider>,
  at: string,
  name: string,
  person: ProviderPerson,
  come: Come = {},
) {
  const asked = await beginAt(at, name, come);
  await come.meanwhile?.();
  const { url } = asked.body as { url: string };
  const back = provider.consent(url, person);
  const cookie = cookiesOf(asked);
  return { url: new URL(url), back, cookie, answer: await comeBack(back, cookie) };
}
