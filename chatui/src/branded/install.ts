/** Chromium's offer to keep a site as an app; other browsers have it in a menu of their own. */
type InstallOffer = Event & { prompt: () => Promise<unknown> };

let offer: InstallOffer | null = null;
const changed = new Set<() => void>();

function tell(next: InstallOffer | null): void {
  offer = next;
  for (const listener of changed) listener();
}

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  tell(event as InstallOffer);
});
window.addEventListener("appinstalled", () => tell(null));

export function canInstall(): boolean {
  return offer !== null;
}

export function onInstallable(listener: () => void): () => void {
  changed.add(listener);
  return () => changed.delete(listener);
}

/** Asks the person; the browser makes the offer once. */
export async function install(): Promise<void> {
  const taken = offer;
  tell(null);
  await taken?.prompt();
}
