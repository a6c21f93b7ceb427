import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { runTool } from "../gate/run-tool.ts";
import { CHECKOUT } from "../launch/checkout.mjs";
import { refuse } from "../launch/refusal.mjs";

const SOURCES = join(CHECKOUT, "chatui/src/react");
const NAME = "mozaiks-react";
/** What the host page brings itself: two copies of React on one page don't work. */
const EXTERNAL = ["react", "react-dom", "react/jsx-runtime"];

/** Builds the React components into a folder that can be installed: one ES module with its style in it, types, `package.json`. */
export async function buildReactInto(folder: string): Promise<void> {
  // Whatever runs the build may have set another: what people load is React's production build.
  process.env.NODE_ENV = "production";
  await build({
    configFile: false,
    root: join(CHECKOUT, "chatui"),
    logLevel: "error",
    plugins: [react(), tailwindcss()],
    define: { "process.env.NODE_ENV": '"production"' },
    publicDir: false,
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: ["chrome123", "firefox120", "safari17.5"],
      lib: { entry: join(SOURCES, `${NAME}.tsx`), formats: ["es"], fileName: NAME },
      rolldownOptions: { external: EXTERNAL, output: { codeSplitting: false } },
    },
  });
  await writeTypes(folder);
  const { version, license } = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8"));
  const about = {
    name: NAME,
    version,
    license,
    type: "module",
    sideEffects: false,
    exports: { ".": { types: `./${NAME}.d.ts`, default: `./${NAME}.js` } },
    types: `./${NAME}.d.ts`,
    peerDependencies: { react: ">=19", "react-dom": ">=19" },
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
}

/** The entry's types name those of `types.ts` and React's alone: these two files are whole. */
async function writeTypes(folder: string): Promise<void> {
  const draft = mkdtempSync(join(tmpdir(), "mozaiks-types-"));
  try {
    const { ok, output } = await runTool("tsc", ["-p", join(SOURCES, "tsconfig.json"), "--outDir", draft]);
    if (!ok) refuse(`The types of the React components can't be made:\n${output}`);
    const made = join(draft, "chatui/src/react");
    const entry = readFileSync(join(made, `${NAME}.d.ts`), "utf8");
    writeFileSync(join(folder, `${NAME}.d.ts`), entry.replaceAll('"./types.ts"', '"./types.js"'));
    copyFileSync(join(made, "types.d.ts"), join(folder, "types.d.ts"));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
