import { expect, type Page } from '@playwright/test'
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

test('a desktop that ended while it was locked is followed by one for whoever signs in again', async ({ browser }) => {
  const away = await enter(browser, 'researcher')
  await away.goto('/workspaces')
  const line = (page: Page) => page.locator('[data-project=stroke-care]')
  const start = (page: Page) => line(page).getByRole('button', { name: /^Start/ }).click()
  const end = async (page: Page) => {
    await page.goto('/workspaces')
    await line(page).getByRole('button', { name: /^End/ }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: /^End/ }).click()
    await expect(line(page).getByRole('button', { name: /^Start/ })).toBeVisible()
  }
  await expect(line(away)).toBeVisible()
  await needSandbox(away)
  await start(away)
  await expect(away.locator('.desktop[data-state=shown]')).toBeVisible({ timeout: 60_000 })
  await away.getByRole('button', { name: 'Lock' }).click()
  await expect(away.locator('.desktop-cover input[type=password]')).toBeVisible()
  await end(away)
  await start(away)
  await expect(away.getByText('sign out and in again')).toBeVisible()
  await away.screenshot({ path: 'test-results/moments/home-locked.png', fullPage: true })

  const back = await enter(browser, 'researcher')
  await back.goto('/workspaces')
  await start(back)
  await expect(back.locator('.desktop[data-state=shown]')).toBeVisible({ timeout: 60_000 })
  await end(back)
})
