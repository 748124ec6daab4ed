import { expect } from '@playwright/test'
import { enter, needSandbox, test } from './people.ts'

test('a desktop is started, seen by security, and ended by name', async ({ browser }) => {
  const researcher = await enter(browser, 'researcher')
  await researcher.goto('/workspaces')
  const line = researcher.locator('[data-project=stroke-care]')
  await expect(line).toBeVisible()
  await needSandbox(researcher)
  await expect(line.getByRole('button', { name: /^(Start|End)/ }).first()).toBeVisible()
  const start = line.getByRole('button', { name: /^Start/ })
  if (await start.count()) await start.click()
  await researcher.goto('/workspaces')
  await expect(line.locator('.chip').first()).toHaveAttribute('data-state', 'open', { timeout: 60_000 })
  await researcher.screenshot({ path: 'test-results/moments/workspace-open.png', fullPage: true })

  const security = await enter(browser, 'security')
  await security.goto('/sessions')
  await security.locator('[data-kind=workspace] button').first().click()
  const dialog = security.getByRole('alertdialog')
  await expect(dialog).toContainText('under your name')
  await security.screenshot({ path: 'test-results/moments/end-now.png' })
  await dialog.getByRole('button', { name: 'End now' }).click()
  await expect(security.locator('[data-kind=workspace]')).toHaveCount(0)

  await researcher.reload()
  await expect(line).toContainText('a security officer ended it')
})
