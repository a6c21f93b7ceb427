const WORDS: Record<string, string> = {
  account_not_linked:
    "There is an account with this address already. Sign in to it another way and confirm its address first.",
  access_denied: "The sign-in was cancelled.",
  state_mismatch: "That sign-in took too long or was begun elsewhere. Try again.",
  TWO_STEPS_NEEDED: "This account has a second step. Sign in with its password or a passkey.",
};

/** What a provider's way back says went wrong, in words of ours: nothing that stands in an address is shown. */
export function signInErrorWords(search: string): string | null {
  const code = new URLSearchParams(search).get("error");
  if (code === null) return null;
  return (
    (Object.hasOwn(WORDS, code) && WORDS[code]) || "That sign-in did not work. Try again, or another way."
  );
}
