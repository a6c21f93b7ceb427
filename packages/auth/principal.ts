/** A person whose credential was checked for this request. `realm`: `foundry`, or the app whose end user it is. */
export type Principal = {
  user_id: string;
  email: string;
  name: string;
  realm: string;
  /** Without an address of their own so far. */
  guest?: true;
  /** The session they came with, also by a chat token that was made in it. */
  session_id?: string;
};
