import { defineConfig } from "vite";
import { svelte } from "@sveltejs/vite-plugin-svelte";

// `npm run dev` shows the page as it is being written, on the data of a server that runs at 7070.
const api = process.env.DATELINE ?? "http://127.0.0.1:7070";

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    outDir: process.env.DIST ?? "dist",
    emptyOutDir: true,
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { "/api": api, "/openapi.json": api, "/healthz": api } },
  preview: { proxy: { "/api": api, "/openapi.json": api, "/healthz": api } },
});
