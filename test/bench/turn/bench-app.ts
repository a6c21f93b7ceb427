import { LIMITS } from "#base/limits";
import type { Usage } from "#protocol/api/usage";
import type { WorkflowDefinition } from "#protocol/app-file/workflow";

export type BenchApp = {
  origin(): string;
  enterpriseId: string;
  userId: string;
  chatToken: string;
  /** With `{chat_id}` and `{user_id}` left to fill. */
  socketUrl: string;
  /** Model calls and tokens that the ledger has counted, as the API tells them. */
  usage(origin?: string): Promise<{ calls: number; output_tokens: number }>;
  /** All that the owner may read of it. */
  readUsage(origin?: string): Promise<Usage>;
  /** Adds a workflow like the first. @returns its socket's address */
  addWorkflow(name: string): Promise<string>;
  /** The same for any workflow. */
  register(definition: object): Promise<string>;
  /** The app as somebody has it who uses it: a new one of its end users. */
  endUser(): Promise<BenchApp>;
};

/** The smallest workflow there is: one agent, no tools. */
const ECHO: Pick<WorkflowDefinition, "name" | "title" | "description" | "entry_agent"> & { agents: object } =
  {
    name: "bench",
    title: "Bench",
    description: "Talks.",
    entry_agent: "talker",
    agents: { talker: { description: "Talks to people.", instructions: "Answer in a few words." } },
  };

/** A new creator with a new app, made as anybody would make them: over HTTP. */
export async function makeBenchApp(origin: string): Promise<BenchApp> {
  const creator = await signUp(origin);
  const { call, userId } = creator;
  const app = await call<{ enterprise_id: string; slug: string }>("/api/apps", { name: "Bench" });
  const enterpriseId = app.enterprise_id;
  const addWorkflow = (name: string) => register({ ...ECHO, name });
  async function register(definition: object): Promise<string> {
    const asked = { enterprise_id: enterpriseId, definition };
    return (await call<{ websocket_url: string }>("/api/workflows/register", asked)).websocket_url;
  }
  const socketUrl = await addWorkflow(ECHO.name);
  const readUsage = (at = origin) => call<Usage>(`/api/app/usage/${enterpriseId}`, undefined, at);
  const tokenOf = async (person: Person) =>
    (await person.call<{ access_token: string }>("/api/chats/token", { enterprise_id: enterpriseId }))
      .access_token;
  const own: BenchApp = {
    enterpriseId,
    userId,
    chatToken: await tokenOf(creator),
    socketUrl,
    addWorkflow,
    register,
    async endUser() {
      const at = `${origin}/a/${app.slug}`;
      const user = await signUp(at);
      const url = socketUrl.replace(/^(\w+:\/\/[^/]+)/, `$1/a/${app.slug}`);
      return { ...own, userId: user.userId, chatToken: await tokenOf(user), socketUrl: url };
    },
    readUsage,
    usage: async (at) => (await readUsage(at)).totals,
    origin: () => origin,
  };
  return own;
}

/**
 * For more chats than one person may have open: the oldest would be closed, and that would be measured.
 * @returns the app for the next chat, as another end user has it after as many as one may have open
 */
export function endUsersInTurn(app: BenchApp): () => Promise<BenchApp> {
  let chats = 0;
  let user: Promise<BenchApp>;
  return () => {
    if (chats++ % LIMITS.openChatsPerPerson === 0) user = app.endUser();
    return user;
  };
}

type Person = Awaited<ReturnType<typeof signUp>>;

/** A new person. `call` is theirs: a POST where there is a body; throws for every answer that is not a success. */
export async function signUp(origin: string) {
  const email = `${crypto.randomUUID()}@example.com`;
  const person = { email, password: crypto.randomUUID(), name: "A Person" };
  const answer = await post(`${origin}/api/auth/sign-up/email`, person, {});
  const token = answer.headers.get("set-auth-token");
  const { user } = (await answer.json()) as { user: { id: string } };
  const headers = { authorization: `Bearer ${token}` };
  async function call<T>(path: string, body?: object, at = origin): Promise<T> {
    const url = `${at}${path}`;
    const got = body ? await post(url, body, headers) : await fetch(url, { headers });
    if (!got.ok) throw new Error(`${path}: ${got.status} ${await got.text()}`);
    return (await got.json()) as T;
  }
  /** The same with any method. */
  async function send(method: string, path: string, body?: object): Promise<void> {
    const init = {
      method,
      headers: { ...headers, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    };
    const got = await fetch(`${origin}${path}`, init);
    if (!got.ok) throw new Error(`${path}: ${got.status} ${await got.text()}`);
  }
  return { call, send, userId: user.id };
}

async function post(url: string, body: object, headers: Record<string, string>): Promise<Response> {
  const answer = await fetch(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { ...headers, "content-type": "application/json", origin: new URL(url).origin },
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}
