// What an app's site keeps in the browser: its shell, that is its page and the scripts and styles with a hash in their
// name. Never an answer of the API, never what anybody wrote. Each address has a cache of its own: no app sees another's.
const SHELL = "shell-1";
const MOST_FILES = 80;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name !== SHELL) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(assetOf(request));
  else if (request.mode === "navigate" && isPage(url.pathname)) event.respondWith(pageOf(request));
});

/** What the routes of the server answer is theirs alone. */
function isPage(path) {
  return !/^\/(api|ws|chat|a|dev)(\/|$)/.test(path);
}

/** A file with a hash in its name never changes. */
async function assetOf(request) {
  const cache = await caches.open(SHELL);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  // Without its script the server answers a missing file with its page: that is not kept as one.
  const type = fresh.headers.get("content-type") ?? "";
  if (fresh.ok && !type.startsWith("text/html")) {
    await cache.put(request, fresh.clone());
    const files = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith("/assets/"));
    for (const old of files.slice(0, Math.max(0, files.length - MOST_FILES))) await cache.delete(old);
  }
  return fresh;
}

/** The server's page whenever there is one, so none is ever stale; the kept one without a connection. */
async function pageOf(request) {
  const cache = await caches.open(SHELL);
  try {
    const fresh = await fetch(request);
    const isShell =
      fresh.ok && !fresh.redirected && fresh.headers.get("content-type")?.startsWith("text/html");
    if (isShell) await cache.put("/", fresh.clone());
    return fresh;
  } catch (failure) {
    const kept = await cache.match("/");
    if (kept) return kept;
    throw failure;
  }
}
