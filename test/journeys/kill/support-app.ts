import { SEED_PROMPT } from "#cli/demo/conversation";
import type { Build } from "#protocol/api/build";
import type { Seat } from "./chatter.ts";
import type { KillablePlatform } from "./killable-platform.ts";

export type SupportApp = Awaited<ReturnType<typeof supportApp>>;

/** The seed's app, made as anybody would make it, with its creator and some end users. */
export async function supportApp(platform: KillablePlatform) {
  async function api<T>(path: string, token?: string, body?: unknown): Promise<{ is: T; headers: Headers }> {
    const headers = {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(platform.url() + path, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return { is: (await answer.json()) as T, headers: answer.headers };
  }

  async function signUp(prefix: string, name: string) {
    const email = `${name}@example.com`;
    const person = { email, password: "correct horse", name };
    const { is, headers } = await api<{ user: { id: string } }>(
      `${prefix}/api/auth/sign-up/email`,
      undefined,
      person,
    );
    return { prefix, token: headers.get("set-auth-token") ?? "", user_id: is.user.id };
  }

  const creator = await signUp("", "kim");
  type Made = { enterprise_id: string; build_id: string; slug: string };
  const { is: app } = await api<Made>("/api/apps", creator.token, { prompt: SEED_PROMPT });
  const { enterprise_id } = app;
  const build = `/api/apps/${enterprise_id}/builds/${app.build_id}`;
  while ((await api<Build>(build, creator.token)).is.status !== "live")
    await new Promise((resolve) => setTimeout(resolve, 20));

  return {
    enterprise_id,
    creator,
    endUser: (name: string) => signUp(`/a/${app.slug}`, name),
    async startChat(person: Awaited<ReturnType<typeof signUp>>): Promise<Seat> {
      const workflow = "customer-support";
      const path = `${person.prefix}/api/chats/${enterprise_id}/${workflow}/start`;
      const { is } = await api<{ chat_id: string }>(path, person.token, { force_new: true });
      return { ...person, enterprise_id, workflow, chat_id: is.chat_id };
    },
    /** Another app of the creator's, with nothing in it. */
    emptyApp: async () => (await api<Made>("/api/apps", creator.token, { name: "Empty" })).is.enterprise_id,
    /** What the owner reads, or another person. */
    get: async <T>(path: string, who: { prefix: string; token: string } = creator): Promise<T> =>
      (await api<T>(who.prefix + path, who.token)).is,
  };
}
