import { createServer } from "node:net";
import { refuse } from "../launch/refusal.mjs";

/** Reads PORT: 1–65535, or 0 for any free one. */
export function readPort(text: string | undefined, fallback: number): number {
  if (text === undefined || text === "") return fallback;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  return refuse(`PORT must be a number from 0 to 65535, not "${text}".`);
}

/**
 * Makes sure that a port can be had, or finds a free one for 0.
 * @param waitMs how long a taken port may take to become free
 */
export async function freePort(port: number, host: string, waitMs = 0): Promise<number> {
  const until = performance.now() + waitMs;
  for (;;) {
    const got = await tryPort(port, host);
    if (typeof got === "number") return got;
    if (got.code !== "EADDRINUSE" || performance.now() >= until) return refusePort(port, host, got);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export function refusePort(port: number, host: string, error: NodeJS.ErrnoException): never {
  if (error.code === "EADDRINUSE") {
    refuse(`Port ${port} is taken by another program; stop it or choose another, e.g. PORT=${port + 1}.`);
  }
  if (error.code === "EACCES") refuse(`There is no permission to listen on port ${port}.`);
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    refuse(`HOST ${host} is not an address of this machine.`);
  }
  return refuse(`It is not possible to listen on ${host}, port ${port}: ${error.message}.`);
}

function tryPort(port: number, host: string): Promise<number | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}
