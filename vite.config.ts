import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { build, defineConfig, type Plugin, type Rollup } from "vite";

/** Where `vite` (the development server) finds the Worker. */
const worker = process.env.MOZAIKS_URL ?? "http://localhost:8787";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The Worker answers only its own origin, so the proxy speaks as if the page came from there. */
const toWorker = { target: worker, changeOrigin: true, headers: { origin: worker } };

/** The script that other sites load: one classic file that needs no other. */
export async function buildLoader(): Promise<string> {
  const entry = file("chatui/src/widget/loader.ts");
  const lib = { entry, formats: ["iife" as const], name: "widget" };
  const built = (await build({
    configFile: false,
    logLevel: "error",
    build: { lib, write: false, minify: true, target: ["chrome123", "firefox120", "safari17.5"] },
  })) as Rollup.RollupOutput[];
  return built[0]?.output[0].code ?? "";
}

function widgetLoader(): Plugin {
  return {
    name: "widget-loader",
    apply: "build",
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: "widget.js", source: await buildLoader() });
    },
  };
}

/** What an app's page shows first, and the index page loads only once it knows whose page it is. */
const OF_APP = ["branded/branded-app.tsx", "chat/thread.tsx"];

/**
 * Names in the index page, inertly, the chunks that an app's page will load: served as an app's, it asks for them all
 * at once (`workers/gateway/dress-page.ts`).
 */
function appChunks(): Plugin {
  return {
    name: "app-chunks",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle, filename }) {
        if (!bundle || !filename.endsWith("index.html")) return html;
        const chunks = Object.values(bundle).filter((it) => it.type === "chunk");
        const needed = new Set<string>();
        const add = (file: string) => {
          if (needed.has(file) || html.includes(`/${file}"`)) return;
          needed.add(file);
          for (const it of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) add(it);
        };
        for (const page of OF_APP) {
          const chunk = chunks.find((it) => it.moduleIds.some((id) => id.endsWith(`/chatui/src/${page}`)));
          if (!chunk) throw new Error(`${page} is in no chunk.`);
          add(chunk.fileName);
        }
        const content = [...needed].map((file) => `/${file}`).join(" ");
        return [{ tag: "meta", attrs: { name: "mozaiks-app-chunks", content }, injectTo: "head" }];
      },
    },
  };
}

export default defineConfig(({ command }) => {
  // Whatever runs the build may have set another (wrangler does): what people load is React's production build.
  if (command === "build") process.env.NODE_ENV = "production";
  return {
    root: "chatui",
    plugins: [react(), tailwindcss(), widgetLoader(), appChunks()],
    build: {
      outDir: "dist",
      emptyOutDir: true,
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      modulePreload: { polyfill: false },
      reportCompressedSize: true,
      rolldownOptions: { input: [file("chatui/index.html"), file("chatui/embed.html")] },
    },
    server: {
      proxy: { "/api": toWorker, "/chat": toWorker, "/dev": toWorker, "/ws": { ...toWorker, ws: true } },
    },
  };
});
