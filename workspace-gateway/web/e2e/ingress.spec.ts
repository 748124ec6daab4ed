import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { ociArchive } from './image.ts'
import { enter, test, upload } from './people.ts'

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

test('a container image is judged layer by layer, chosen for notebooks and desktops, and taken out of use', async ({ browser }) => {
  const image = `oncology_${Date.now()}`
  const archive = ociArchive([
    { made: 'sekisho images export notebook', entries: [['usr/lib/sekisho/run-notebook', '#!/bin/sh\n', true], ['usr/lib/sekisho/desktop', '#!/bin/sh\n', true], ['var/lib/dpkg/status', 'Package: base-files\nStatus: install ok installed\nVersion: 13\n\n']] },
    { made: 'COPY wheels /usr/local/lib/python3.14/dist-packages', entries: [['usr/local/lib/python3.14/dist-packages/lifelines-0.30.0.dist-info/METADATA', 'Name: lifelines\n'], ['opt/oncology/model', 'x'.repeat(50_000)]] },
  ])
  const researcher = await enter(browser, 'researcher')
  await upload(researcher, { name: `${image}.tar`, mimeType: 'application/x-tar', buffer: archive }, 'Survival models of the oncology group', 'stroke-care')

  const steward = await enter(browser, 'steward', { language: 'ja' })
  await steward.goto('/inputs')
  await steward.locator('.line', { hasText: image }).click()
  await expect(steward.locator('.layers tbody tr')).toHaveCount(2)
  await expect(steward.locator('.layers tbody tr').last()).toContainText('COPY wheels')
  await expect(steward.locator('.packages', { hasText: 'lifelines' })).toContainText('0.30.0')
  await expect(steward.locator('[data-image]')).toContainText('すべてのファイルが新しいもの')
  await steward.locator('.largest summary').click()
  await expect(steward.locator('.largest')).toContainText('/opt/oncology/model')
  await steward.screenshot({ path: 'test-results/moments/image-waiting.png', fullPage: true })
  expect((await new AxeBuilder({ page: steward }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()).violations.map(({ id }) => id)).toEqual([])
  await steward.locator('.choice', { hasText: '受け入れる' }).click()
  await steward.getByLabel('理由').fill('手順書と中身を確認しました')
  await steward.getByRole('button', { name: /として判断する$/ }).click()
  await expect(steward.locator('.crumbs .chip')).toHaveAttribute('data-state', 'delivered', { timeout: 30_000 })
  await steward.getByRole('button', { name: '全内容を照合する' }).click()
  await expect(steward.getByText('すべての内容が受け入れたときと一致しています')).toBeVisible()
  await steward.screenshot({ path: 'test-results/moments/image-delivered.png', fullPage: true })

  await researcher.goto('/projects/stroke-care/notebooks')
  await researcher.getByLabel('Image').selectOption(image)
  await researcher.screenshot({ path: 'test-results/moments/image-notebook.png', fullPage: true })
  await researcher.goto('/workspaces')
  const choice = researcher.locator('[data-project=stroke-care] select')
  await expect(choice.or(researcher.getByText('Desktops are off')).first()).toBeVisible()
  if (process.env.SEKISHO_REQUIRE_SANDBOX === '1' || (await choice.count())) {
    await choice.selectOption(image)
    await researcher.screenshot({ path: 'test-results/moments/image-desktop.png', fullPage: true })
  }

  await steward.getByRole('button', { name: '利用を止める' }).click()
  await steward.getByRole('alertdialog').getByRole('button', { name: '利用を止める' }).click()
  await expect(steward.locator('.crumbs .chip')).toHaveAttribute('data-state', 'withdrawn')
  await Promise.all([researcher.waitForResponse('**/api/projects/stroke-care/images'), researcher.goto('/projects/stroke-care/notebooks')])
  await expect(researcher.getByRole('button', { name: 'Run the notebook' })).toBeVisible()
  await expect(researcher.getByLabel('Image').getByRole('option', { name: image })).toHaveCount(0)
})
