import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { CHECKOUT } from "../launch/checkout.mjs";
import { refuse } from "../launch/refusal.mjs";
import { buildOnce } from "./build-once.ts";
import { hashFiles } from "./hash-files.ts";

const SOURCES = ["chatui", "packages/protocol", "vite.config.ts", "package.json", "package-lock.json"];

/** Builds the UI if its sources changed. @returns the folder that holds `index.html` */
export function buildUi(): Promise<string> {
  return buildOnce("ui", hashFiles(CHECKOUT, SOURCES), buildUiInto);
}

/** Builds the UI with Vite into an empty folder. */
export async function buildUiInto(folder: string): Promise<void> {
  const { build } = await import("vite");
  try {
    await build({
      configFile: join(CHECKOUT, "vite.config.ts"),
      root: join(CHECKOUT, "chatui"),
      logLevel: "error",
      build: { outDir: folder, emptyOutDir: true },
    });
  } catch (error) {
    refuse(`The UI can't be built: ${stripVTControlCharacters(String(error))}`);
  }
}

/** A folder with no UI in it, for a platform that serves programs only. */
export function noUi(): Promise<string> {
  return buildOnce("none", "", async () => {});
}
