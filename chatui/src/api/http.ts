import { failure, readFailure } from "./failure.ts";

/** GET a JSON body. Errors: ApiFailure. */
export function getJson<T>(path: string): Promise<T> {
  return request<T>(path, { method: "GET" });
}

/** Send a JSON body. `key` is the Idempotency-Key of a request that creates something. Errors: ApiFailure. */
export function sendJson<T>(
  method: "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  key?: string,
): Promise<T> {
  return request<T>(path, {
    method,
    headers: {
      "content-type": "application/json",
      ...(key ? { "idempotency-key": key } : {}),
      ...joinHeader(path),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** Who followed an app's link signs up with what it held. */
function joinHeader(path: string): Record<string, string> {
  const token = path.startsWith("/api/auth/") ? sessionStorage.getItem("mozaiks.join") : null;
  return token ? { "mozaiks-join": token } : {};
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
