/** A passage of a file that fits a question. `n` is what a sentence cites it by: `[1]`. */
export type Hit = {
  n: number;
  file: string;
  title: string;
  /** The headings it stands under, outermost first, joined by " › "; empty where there are none. */
  heading: string;
  /** Of a PDF, from 1. */
  page?: number;
  text: string;
};

/** What an app's agents may look up: best passages first, at most `top` of them. */
export interface Knowledge {
  /** `files`: names, `*` for any run of characters; empty: every file of the app. */
  search(query: string, options: { files: readonly string[]; top: number }): Promise<Hit[]>;
}
