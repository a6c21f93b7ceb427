/** Links by which a page asks for all these chunks at once. `files`: paths, with blanks between them. */
export function preloads(files: string): string {
  return files
    .split(" ")
    .map((file) => `<link rel="modulepreload" crossorigin href="${file}" />`)
    .join("");
}
