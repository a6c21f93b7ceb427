import { queryOptions } from "@tanstack/react-query";
import type {
  CreatedIdentitySecret,
  IdentityAlgorithm,
  IdentityKey,
  IdentitySettings,
} from "#protocol/api/identity";
import type { ApiKey, CreatedKey, KeyScope } from "#protocol/api/key";
import { getJson, sendJson } from "./http.ts";

export function keysQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["keys", enterpriseId],
    queryFn: () => getJson<{ items: ApiKey[] }>(`/api/apps/${enterpriseId}/keys`),
  });
}

export type NewKey = { name: string; scopes: KeyScope[]; expires_at: string | null };

export function makeKey(enterpriseId: string, key: NewKey): Promise<CreatedKey> {
  return sendJson<CreatedKey>("POST", `/api/apps/${enterpriseId}/keys`, key);
}

export function revokeKey(enterpriseId: string, keyId: string): Promise<unknown> {
  return sendJson("DELETE", `/api/apps/${enterpriseId}/keys/${keyId}`);
}

export function identityQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["identity", enterpriseId],
    queryFn: () => getJson<IdentitySettings>(`/api/apps/${enterpriseId}/identity`),
  });
}

export type IdentityChange = {
  algorithm?: IdentityAlgorithm | null;
  public_keys?: IdentityKey[];
  origins?: string[];
  share_text?: boolean;
};

export function changeIdentity(enterpriseId: string, change: IdentityChange): Promise<IdentitySettings> {
  return sendJson<IdentitySettings>("PATCH", `/api/apps/${enterpriseId}/identity`, change);
}

export function makeIdentitySecret(enterpriseId: string): Promise<CreatedIdentitySecret> {
  return sendJson<CreatedIdentitySecret>("POST", `/api/apps/${enterpriseId}/identity/secrets`);
}

export function removeIdentitySecret(enterpriseId: string, secretId: string): Promise<unknown> {
  return sendJson("DELETE", `/api/apps/${enterpriseId}/identity/secrets/${secretId}`);
}
