import type { Platform } from "#cli/platform/run-platform";

type Target = { id: string; webSocketDebuggerUrl: string };

/**
 * What the Worker's code and its objects hold once all garbage is collected, in kB: V8's `usedSize`. A process's memory
 * says less: sockets that are gone go with the garbage, and what is freed is kept for the next one.
 * @param mf of a platform that was started with `inspect`
 */
export async function collectedHeapKb(mf: Platform["mf"]): Promise<number> {
  const inspector = new URL("/json", await mf.getInspectorURL());
  inspector.protocol = "http:";
  const targets = (await (await fetch(inspector)).json()) as Target[];
  const socket = new WebSocket(targets.find(({ id }) => id.startsWith("core:user"))!.webSocketDebuggerUrl);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error("no inspector")));
  });
  try {
    let id = 0;
    const call = (method: string) => {
      const own = ++id;
      socket.send(JSON.stringify({ id: own, method }));
      return new Promise<{ usedSize?: number }>((resolve) => {
        socket.addEventListener("message", ({ data }) => {
          const { id: of, result } = JSON.parse(String(data));
          if (of === own) resolve(result);
        });
      });
    };
    await call("HeapProfiler.collectGarbage");
    return (await call("Runtime.getHeapUsage")).usedSize! / 1_024;
  } finally {
    socket.close();
  }
}
