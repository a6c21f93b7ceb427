/** The reply of the benchmark's model, which both ends know. */
export const PIECES = 100;
export const PIECE = "token ";
export const REPLY = PIECE.repeat(PIECES);
