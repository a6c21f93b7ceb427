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
  const { call, userId } = await signUp(origin);
  const app = await call<{ enterprise_id: string }>("/api/apps", { name: "Bench" });
  const enterpriseId = app.enterprise_id;
  const addWorkflow = (name: string) => register({ ...ECHO, name });
  async function register(definition: object): Promise<string> {
    const asked = { enterprise_id: enterpriseId, definition };
    return (await call<{ websocket_url: string }>("/api/workflows/register", asked)).websocket_url;
  }
  const socketUrl = await addWorkflow(ECHO.name);
  const { access_token } = await call<{ access_token: string }>("/api/chats/token", {
    enterprise_id: enterpriseId,
  });
  const readUsage = (at = origin) => call<Usage>(`/api/app/usage/${enterpriseId}`, undefined, at);
  return {
    enterpriseId,
    userId,
    chatToken: access_token,
    socketUrl,
    addWorkflow,
    register,
    readUsage,
    usage: async (at) => (await readUsage(at)).totals,
    origin: () => origin,
  };
}

/** For more chats than one person may have open: the oldest would be closed, and that would be measured. */
export function appsInTurn(origin: string) {
  const apps: Promise<BenchApp>[] = [];
  let chats = 0;
  return {
    /** The app of the next chat: somebody else's after as many as one may have open. */
    next(): Promise<BenchApp> {
      if (chats++ % LIMITS.openChatsPerPerson === 0) apps.push(makeBenchApp(origin));
      return apps.at(-1)!;
    },
    /** Model calls that the ledgers of all of them have counted. */
    async calls(): Promise<number> {
      const all = await Promise.all(apps.map(async (app) => (await (await app).usage()).calls));
      return all.reduce((sum, calls) => sum + calls, 0);
    },
  };
}

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
