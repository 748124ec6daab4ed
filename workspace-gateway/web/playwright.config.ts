import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const base = process.env.BASE_URL ?? 'http://127.0.0.1:5173'
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Runs against a gateway with demo data that somebody else has started at BASE_URL. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: [['list']],
  use: {
    baseURL: base,
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(existsSync(chromium) && { executablePath: chromium }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
    },
  },
})
