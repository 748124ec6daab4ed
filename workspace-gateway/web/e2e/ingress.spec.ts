import { expect, type Page, test } from '@playwright/test'
import { enter, upload } from './people.ts'

const fresh = (name: string, ending: string) => `${name}-${Date.now()}.${ending}`
const table = (name: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from('code,name\n01,北海道\n02,青森県\n') })

async function decide(page: Page, name: string, choice: string, note: string) {
  await page.goto('/inputs')
  await page.locator('.line', { hasText: name }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await page.locator('.choice', { hasText: choice }).click()
  await page.getByLabel('Note').fill(note)
  await page.getByRole('button', { name: /^Decide as/ }).click()
}

test('a file is brought in, let in by a steward, and stands in the workspaces', async ({ browser }) => {
  const name = fresh('codes', 'csv')
  const researcher = await enter(browser, 'researcher')
  await upload(researcher, table(name), 'Codes of prefectures')
  const steward = await enter(browser, 'steward')
  await steward.goto('/')
  await expect(steward.locator('.lede')).toContainText(/inputs? waits? for you/)
  await decide(steward, name, 'Accept', 'The list of the ministry; read by eye')
  await expect(steward.locator('.crumbs .chip')).toHaveAttribute('data-state', 'delivered')
  await steward.screenshot({ path: 'test-results/moments/input-delivered.png', fullPage: true })
  await researcher.locator('.line', { hasText: name }).click()
  await researcher.reload()
  await expect(researcher.getByText(`~/inputs/${name}`)).toBeVisible()
  await expect(researcher.getByText('The list of the ministry; read by eye')).toBeVisible()
})

test('a steward refuses, and the reason is read', async ({ browser }) => {
  const name = fresh('patients', 'csv')
  const researcher = await enter(browser, 'researcher')
  await upload(researcher, table(name), 'Our own patients')
  const steward = await enter(browser, 'steward')
  await decide(steward, name, 'Refuse', 'Data about persons do not come in this way')
  await expect(steward.locator('.crumbs .chip')).toHaveAttribute('data-state', 'refused')
  await researcher.locator('.line', { hasText: name }).click()
  await researcher.reload()
  await expect(researcher.getByText('Data about persons do not come in this way')).toBeVisible()
  await researcher.screenshot({ path: 'test-results/moments/input-refused.png', fullPage: true })
})

test('what is not what its name says goes no further', async ({ browser }) => {
  const name = fresh('picture', 'png')
  const researcher = await enter(browser, 'researcher')
  await upload(researcher, { name, mimeType: 'image/png', buffer: Buffer.from('MZ\0\0this is no picture\0') }, 'A map')
  await researcher.locator('.line', { hasText: name }).click()
  await expect(researcher.locator('.crumbs .chip')).toHaveAttribute('data-state', 'refused')
  await expect(researcher.locator('.findings')).toContainText(/png|program/)
})

test('an upload that breaks off goes on from where it was', async ({ browser }) => {
  const name = fresh('long', 'csv')
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from('code,name\n'.repeat(300_000)) }
  const page = await enter(browser, 'researcher')
  let pieces = 0
  await page.route('**/api/inputs/*', (route) => (route.request().method() === 'PATCH' && ++pieces > 1 ? route.abort() : route.continue()))
  await page.goto('/inputs')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles(file)
  await page.getByLabel('What it is for').fill('A long table')
  await page.getByRole('button', { name: 'Upload' }).click()
  const line = page.locator('.line', { hasText: name })
  await expect(line.getByText('No connection')).toBeVisible()
  await page.screenshot({ path: 'test-results/moments/upload-broken.png', fullPage: true })
  await line.click()
  await page.reload()
  await page.unroute('**/api/inputs/*')
  await expect(page.getByText('This upload has stopped')).toBeVisible()
  await page.screenshot({ path: 'test-results/moments/upload-stopped.png', fullPage: true })
  const again = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose the same file' }).click()
  await (await again).setFiles(file)
  await expect(page.locator('.crumbs .chip')).toHaveAttribute('data-state', 'waiting', { timeout: 30_000 })
  await page.getByRole('button', { name: 'Take back' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take back' }).click()
  await expect(page.locator('.crumbs .chip')).toHaveAttribute('data-state', 'withdrawn')
})
