import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `vite` (the development server) finds the Worker. */
const worker = process.env.MOZAIKS_URL ?? "http://localhost:8787";

/** The Worker answers only its own origin, so the proxy speaks as if the page came from there. */
const toWorker = { target: worker, changeOrigin: true, headers: { origin: worker } };

export default defineConfig(({ command }) => {
  // Whatever runs the build may have set another (wrangler does): what people load is React's production build.
  if (command === "build") process.env.NODE_ENV = "production";
  return {
    root: "chatui",
    plugins: [react(), tailwindcss()],
    build: {
      outDir: "dist",
      emptyOutDir: true,
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      modulePreload: { polyfill: false },
      reportCompressedSize: true,
    },
    server: {
      proxy: { "/api": toWorker, "/chat": toWorker, "/dev": toWorker, "/ws": { ...toWorker, ws: true } },
    },
  };
});
