/** A stretch of a file's text with its place in it. `headings`: outermost first. */
export type Section = { headings: string[]; page: number | null; text: string };
