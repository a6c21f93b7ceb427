/** The reply of the benchmark's model, which both ends know. */
export const PIECES = 100;
export const PIECE = "token ";

/** How the model is to answer, in milliseconds; `calls`: so many tool calls before its words. */
export type Pace = { firstMs: number; eachMs: number; pieces: number; calls: number };

/** What a person writes to have it so: the model reads the newest message, as any model would. */
export function askFor(pace: Partial<Pace>): string {
  return `Please answer like this: ${JSON.stringify({ ...AT_ONCE, ...pace })}`;
}

const AT_ONCE: Pace = { firstMs: 0, eachMs: 0, pieces: PIECES, calls: 0 };

export function paceOf(message: string): Pace {
  const asked = /answer like this: (\{.*?\})/.exec(message)?.[1];
  return asked ? (JSON.parse(asked) as Pace) : AT_ONCE;
}

export function replyTo(message: string): string {
  return PIECE.repeat(paceOf(message).pieces);
}
