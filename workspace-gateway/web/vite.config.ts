import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import type { Plugin } from 'vite'
import { mockGateway } from './dev/mock.ts'

/** `GATEWAY=http://127.0.0.1:8080 npm run dev` talks to a real gateway; without it, to the fixtures in dev/. */
const gateway = process.env.GATEWAY

/** What the gateway sets its reports in, with the licence that goes with it. No page asks for them. */
function reportFonts(): Plugin {
  const from = new URL('node_modules/@expo-google-fonts/biz-udpgothic/', import.meta.url)
  const files = { 'BIZUDPGothic_400Regular.ttf': '400Regular/BIZUDPGothic_400Regular.ttf', 'BIZUDPGothic_700Bold.ttf': '700Bold/BIZUDPGothic_700Bold.ttf', 'OFL.txt': 'LICENSE_FONT' }
  return {
    name: 'report-fonts',
    apply: 'build',
    generateBundle() {
      for (const [name, file] of Object.entries(files)) this.emitFile({ type: 'asset', fileName: `fonts/${name}`, source: readFileSync(new URL(file, from)) })
    },
  }
}

export default defineConfig({
  plugins: [react(), reportFonts(), gateway ? [] : mockGateway()],
  server: { port: 5173, proxy: gateway ? { '/api': gateway } : {} },
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
    assetsInlineLimit: 0, // data: URLs would need a looser content security policy
    modulePreload: { polyfill: false },
  },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
})
