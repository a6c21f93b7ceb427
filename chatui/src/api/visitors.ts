import type { VisitorSession } from "#protocol/api/identity";
import { type Client, sendJson } from "./http.ts";

const post = <T>(path: string, body: object, client: Client) =>
  sendJson<T>("POST", `/api/identity/${path}`, body, undefined, client);

/** Errors: ApiFailure; 404 where the app lets no guests in. */
export function beginGuest(enterpriseId: string, client: Client): Promise<VisitorSession> {
  return post("guest", { enterprise_id: enterpriseId }, client);
}

/** `token`: as the host site's server signed it. The session of before stays for the same visitor, and ends for another. */
export function exchangeIdentity(
  enterpriseId: string,
  token: string,
  before: string | undefined,
  client: Client,
): Promise<VisitorSession> {
  return post("exchange", { enterprise_id: enterpriseId, token, session_token: before }, client);
}

export function endVisitor(enterpriseId: string, sessionToken: string, client: Client): Promise<unknown> {
  return post("sign-out", { enterprise_id: enterpriseId, session_token: sessionToken }, client);
}
