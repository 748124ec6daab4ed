import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { mockGateway } from './dev/mock.ts'

/** `GATEWAY=http://127.0.0.1:8080 npm run dev` talks to a real gateway; without it, to the fixtures in dev/. */
const gateway = process.env.GATEWAY

export default defineConfig({
  plugins: [react(), gateway ? [] : mockGateway()],
  server: { port: 5173, proxy: gateway ? { '/api': gateway } : {} },
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
    assetsInlineLimit: 0, // data: URLs would need a looser content security policy
    modulePreload: { polyfill: false },
  },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
})
