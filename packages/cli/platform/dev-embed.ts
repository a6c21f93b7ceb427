import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ViteDevServer } from "vite";
import { buildLoader } from "../../../vite.config.ts";

/**
 * Writes what the Worker must have in hand to serve other sites, since it writes the app into it: the script that they
 * load, as it is built, and the page that it holds in a frame, whose modules come from Vite as they are edited.
 */
export async function writeEmbed(vite: ViteDevServer, folder: string): Promise<void> {
  const page = await readFile(join(vite.config.root, "embed.html"), "utf8");
  await writeFile(join(folder, "embed.html"), await vite.transformIndexHtml("/embed.html", page));
  await writeFile(join(folder, "widget.js"), await buildLoader());
}
