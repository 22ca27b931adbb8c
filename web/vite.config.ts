import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The pages built from `web/`: each is an HTML file here, listed under `input`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    // Whoever serves the pages may forbid data: addresses in its content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { phone: `${import.meta.dirname}/index.html` } },
  },
  // `npx vite --config web/vite.config.ts` beside a running emulator: the page reloads, the conversations are real.
  server: { port: 5173, proxy: { '/__emulator': 'http://localhost:3001' } },
});
