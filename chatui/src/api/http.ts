import { failure, readFailure } from "./failure.ts";

/** GET a JSON body. Errors: ApiFailure. */
export function getJson<T>(path: string): Promise<T> {
  return request<T>(path, { method: "GET" });
}

/** Send a JSON body. `key` is the Idempotency-Key of a request that creates something. Errors: ApiFailure. */
export function sendJson<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  key?: string,
): Promise<T> {
  return request<T>(path, {
    method,
    headers: { "content-type": "application/json", ...(key ? { "idempotency-key": key } : {}) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** GET a file. Errors: ApiFailure. */
export async function getFile(path: string): Promise<Blob> {
  const response = await answerTo(path, { method: "GET" });
  return response.blob();
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await answerTo(path, init);
  return (await response.json().catch(() => null)) as T;
}

async function answerTo(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: "same-origin" });
  } catch {
    throw failure(0, "OFFLINE", "There is no connection right now.", true);
  }
  if (response.ok) return response;
  throw readFailure(response.status, await response.json().catch(() => null));
}
