/**
 * A reason not to go on, told to a person in one sentence. `refuse` is thrown; whoever runs a command prints the
 * sentence alone, without a stack, and exits with 1.
 */
export class Refusal extends Error {
  /** @override */
  name = "Refusal";
}

/**
 * @param {string} sentence what is wrong and what to do, for a person
 * @returns {never}
 */
export function refuse(sentence) {
  throw new Refusal(sentence);
}

/**
 * Runs a command's body; a refusal becomes one sentence on stderr, anything unexpected its stack. Both end with 1.
 * @param {() => Promise<void> | void} body
 */
export async function orRefuse(body) {
  try {
    await body();
  } catch (error) {
    const known = error instanceof Error && error.name === "Refusal";
    console.error(known ? /** @type {Error} */ (error).message : error);
    process.exit(1);
  }
}
