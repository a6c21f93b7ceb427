import { words } from "../words/words.ts";
import { getJson, sendJson } from "./http.ts";

export type Passkey = { id: string; name?: string | null; createdAt: string };

/** Whether this browser speaks of passkeys in JSON, as the server does. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

export const listPasskeys = () => getJson<Passkey[]>("/api/auth/passkey/list-user-passkeys");
export const removePasskey = (id: string) => sendJson("POST", "/api/auth/passkey/delete-passkey", { id });

/** Asks the device for a passkey of this site. Errors: what the person did not do, what the server refused. */
export async function signInByPasskey(): Promise<void> {
  const asked = await getJson<PublicKeyCredentialRequestOptionsJSON>(
    "/api/auth/passkey/generate-authenticate-options",
  );
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked);
  const response = await jsonOf(navigator.credentials.get({ publicKey }));
  await sendJson("POST", "/api/auth/passkey/verify-authentication", { response });
}

/** Makes one on this device, for whoever is signed in. */
export async function addPasskey(name: string): Promise<void> {
  const asked = await getJson<PublicKeyCredentialCreationOptionsJSON>(
    "/api/auth/passkey/generate-register-options",
  );
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked);
  const response = await jsonOf(navigator.credentials.create({ publicKey }));
  await sendJson("POST", "/api/auth/passkey/verify-registration", { response, name });
}

async function jsonOf(asking: Promise<Credential | null>): Promise<unknown> {
  const credential = await asking.catch(() => null);
  if (credential === null) throw new Error(words().sign.noPasskey);
  return (credential as PublicKeyCredential).toJSON();
}
