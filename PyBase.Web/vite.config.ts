/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { firstLoad } from './firstLoad'

// Under the AppHost the Api's address comes from service discovery; alone, it is where the Api listens by default.
const api = process.env.services__api__http__0 ?? process.env.API_HTTP ?? 'http://localhost:8000'
const toApi = { target: api, changeOrigin: false, xfwd: true }

const proxy = {
  '/v0': toApi,
  '/api': toApi,
  '/files': toApi,
  '/mcp': toApi,
  '/health': toApi,
  '/openapi': toApi,
  '/hubs': { ...toApi, ws: true },
}

const port = process.env.PORT ? Number(process.env.PORT) : undefined

export default defineConfig({
  plugins: [react(), firstLoad(['/src/bases/BasePage.tsx'], 300)],
  server: { port: port ?? 5173, strictPort: port !== undefined, proxy },
  preview: { port: port ?? 4173, strictPort: port !== undefined, proxy },
  build: {
    target: 'es2022',
    // The grid loads its editors when the first one opens: what is typed meanwhile would be lost, so they come with it.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Vite's own helper goes with what every page loads, or every page would load the grid for it.
            { name: 'react', test: /vite\/preload-helper|node_modules\/(react|react-dom|scheduler)\//, priority: 1 },
            { name: 'grid', test: /node_modules\/@glideapps\// },
          ],
        },
      },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
