import type { CreatedKey, KeyScope } from "#protocol/api/key";
import { call, type Person } from "./client.ts";

/** A new key of an app, as its owner makes it. */
export async function makeKey(
  owner: Person,
  enterpriseId: string,
  scopes: readonly KeyScope[],
  more: { expires_at?: string; name?: string } = {},
): Promise<CreatedKey> {
  const answer = await call(`/api/apps/${enterpriseId}/keys`, {
    token: owner.token,
    json: { name: "A program", scopes, ...more },
  });
  if (answer.status !== 201) throw new Error(`key: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as CreatedKey;
}

export function revokeKey(owner: Person, enterpriseId: string, keyId: string) {
  return call(`/api/apps/${enterpriseId}/keys/${keyId}`, { method: "DELETE", token: owner.token });
}
