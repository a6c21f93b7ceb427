import { failure, readFailure } from "./failure.ts";

/** Where requests go, and as whom they are made. */
export type Client = {
  /** Origin of the app, with a path prefix if it has one; "" for the page's own address. */
  base: string;
  /** A bearer token, asked for before each request; without this function the page's cookie counts. */
  token?: () => Promise<string | null>;
  /** Takes the token of a session that an answer has begun. */
  onSession?: (token: string) => void;
};

let ofThisPage: Client = { base: "" };

/** For a page whose requests are all made with a token, said once before any: one in a frame of another site has no cookies. */
export function speakAs(client: Client): void {
  ofThisPage = client;
}

/** GET a JSON body. Errors: ApiFailure. */
export function getJson<T>(path: string, client?: Client): Promise<T> {
  return request<T>(path, { method: "GET" }, client);
}

/** Send a JSON body. `key` is the Idempotency-Key of a request that creates something. Errors: ApiFailure. */
export function sendJson<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  key?: string,
  client?: Client,
): Promise<T> {
  const headers = { "content-type": "application/json", ...(key ? { "idempotency-key": key } : {}) };
  return request<T>(
    path,
    { method, headers, body: body === undefined ? undefined : JSON.stringify(body) },
    client,
  );
}

/** GET a file. Errors: ApiFailure. */
export async function getFile(path: string): Promise<Blob> {
  const response = await answerTo(path, { method: "GET" });
  return response.blob();
}

async function request<T>(path: string, init: RequestInit, client?: Client): Promise<T> {
  const response = await answerTo(path, init, client);
  return (await response.json().catch(() => null)) as T;
}

async function answerTo(path: string, init: RequestInit, client = ofThisPage): Promise<Response> {
  const { base, token, onSession } = client;
  const headers = new Headers(init.headers);
  const bearer = await token?.();
  if (bearer) headers.set("authorization", `Bearer ${bearer}`);
  let response: Response;
  try {
    const credentials = token ? "omit" : "same-origin";
    response = await fetch(`${base}${path}`, { ...init, headers, credentials });
  } catch {
    throw failure(0, "OFFLINE", "There is no connection right now.", true);
  }
  const begun = response.headers.get("set-auth-token");
  if (begun) onSession?.(begun);
  if (response.ok) return response;
  throw readFailure(response.status, await response.json().catch(() => null));
}
