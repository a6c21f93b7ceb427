/**
 * Keeps this site's shell, its page and scripts, in the browser (`public/sw.js`), so that it opens at once and without
 * a connection. Each app's address has its own; what is said in a chat is never kept.
 */
export function keepShell(): void {
  // The development server's modules change under their names.
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  void navigator.serviceWorker.register("/sw.js").catch(() => {
    // Not allowed here, as in a private window: the site works without.
  });
}
