import { formBody } from "#test/support/form-body";
import { type Answer, type Person, worker } from "./client.ts";

type Sent = { name: string; bytes: Uint8Array | string; type?: string };

/** Sends a form with one file through the real Worker. */
export async function sendFile(
  path: string,
  person: Pick<Person, "token"> | null,
  file: Sent,
  fields: Record<string, string> = {},
  more: Record<string, string> = {},
): Promise<Answer> {
  const { body, contentType } = formBody(file, fields);
  const headers = {
    "content-type": contentType,
    ...(person ? { authorization: `Bearer ${person.token}` } : {}),
    ...more,
  };
  const response = await worker.fetch(
    new Request(`http://localhost:8787${path}`, { method: "POST", headers, body }),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}
