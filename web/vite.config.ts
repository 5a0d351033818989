import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));
const api = process.env.QUANTIBI_API ?? "http://localhost:3000";

export default defineConfig({
  root,
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    // The page is served under `script-src 'self'`; small assets as data: URLs would be refused where not images.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // What changes with an upgrade only, apart from what changes with every release.
        codeSplitting: {
          groups: [{ name: "libraries", test: /node_modules\/(react|react-dom|scheduler|@mantine|@floating-ui)\// }],
        },
      },
    },
  },
  server: { port: 5173, proxy: { "/api": api, "/local": api } },
});
