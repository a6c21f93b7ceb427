import type { KeyScope } from "#protocol/api/key";

/** Whoever's credential was checked for this request. `realm`: `foundry`, or the app whose end user it is. */
export type Principal = {
  user_id: string;
  email: string;
  name: string;
  realm: string;
  /** Without an address of their own so far. */
  guest?: true;
  /** The session they came with, also by a chat token that was made in it. */
  session_id?: string;
  /** The API key that signed this end user in, by a chat token: it ends with the key. */
  key_id?: string;
  /** A program with an API key of its own: nobody's person, `user_id` is the key's id. */
  program?: { enterprise_id: string; scopes: readonly KeyScope[] };
};
