import { words } from "../words/words.ts";
/** What a provider's way back says went wrong, in words of ours: nothing that stands in an address is shown. */
export function signInErrorWords(search: string): string | null {
  const code = new URLSearchParams(search).get("error");
  if (code === null) return null;
  const { failed, failures } = words().sign;
  return Object.hasOwn(failures, code) ? failures[code as keyof typeof failures] : failed;
}
