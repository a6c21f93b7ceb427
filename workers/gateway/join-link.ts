import { sha256Hex } from "#base/sha256-hex";
import type { EnterpriseRow } from "#enterprises/tables";
import { sameText } from "#keys/key-text";

/** What a sign-up page sends along of the link that it was opened by. */
export const JOIN_HEADER = "mozaiks-join";

/** Whether a text is the token of the app's link, as it is now. */
export async function isJoinToken({ joinHash }: EnterpriseRow, token: string | undefined): Promise<boolean> {
  return joinHash !== null && token !== undefined && sameText(await sha256Hex(token), joinHash);
}
