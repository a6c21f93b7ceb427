/** What Vite gives test files: files that fit a pattern, read at build time. */
interface ImportMeta {
  glob<T>(pattern: string, options: { query: string; import: string; eager: true }): Record<string, T>;
}
