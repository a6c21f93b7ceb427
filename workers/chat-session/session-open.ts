import type { Branding } from "#protocol/app-file/branding";
import type { AppLimits } from "./app-limits.ts";
import type { ToldRoles } from "./given-roles.ts";

/**
 * What the gateway tells a session about one verified caller. Travels to the object in the header
 * `x-mozaiks-open` (percent-encoded JSON) on upgrades, and as an argument of its RPC. The gateway strips the header from
 * whatever comes in, so only the gateway makes one.
 */
export type SessionOpen = {
  enterprise_id: string;
  chat_id: string;
  /** Whose chat it is. */
  user_id: string;
  /** The caller's session, to be ended with it; absent for who has none. Not kept with the chat. */
  session_id?: string;
  /** The API key that signed the caller in, to be ended with it. Not kept with the chat. */
  key_id?: string;
  /** The app's own domain that the caller used, to be ended with it; absent at any other address. Not kept with the chat. */
  host?: string;
  /** Name shown to agents; may be empty. */
  user_name: string;
  /** The workflow the chat started with, or `generator`. */
  workflow: string;
  /** The app version the chat started on (0 for the generator). */
  version: number;
  /** How the app looks now; absent for the generator. */
  branding?: Branding;
  /** What this caller may see in frames. `team`: the ids of members. */
  sees: { cost: boolean; balance: boolean; team?: true };
  /** Chats of the generator and of acceptance are paid by the enterprise `foundry`. */
  payer: string;
  /** What the app has set of its chats; absent for the generator. Kept apart, for it changes. */
  limits?: AppLimits;
  /** The app's roles that this caller was given; absent for the generator. Kept apart, for it changes. */
  roles?: ToldRoles;
  /** A member of the app's team who looks into this chat: it is not theirs, and must be there already. */
  operator?: { user_id: string };
};
export const OPEN_HEADER = "x-mozaiks-open";

/** The reserved workflow that builds apps. */
export const GENERATOR = "generator";
