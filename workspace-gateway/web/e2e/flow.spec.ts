import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { enter, type Language, test, type } from './people.ts'

const sql = 'select prefecture, count(*) as n\nfrom person\ngroup by prefecture'
const words = {
  en: { run: /^Run/, open: 'Open the output', held: 'Held', released: 'Released', amended: /Release the amended/, decide: /Decide as/, download: 'Download', title: 'Persons by prefecture' },
  ja: { run: /^実行/, open: '成果物を開く', held: '保留中', released: '持出し済み', amended: /修正版で持出し可/, decide: /として判断する/, download: 'ダウンロード', title: '都道府県別の人数' },
}

for (const language of ['en', 'ja'] as Language[]) {
  const said = words[language]
  test(`an output goes from the query to the download, seen by four people (${language})`, async ({ browser }) => {
    const title = `${said.title} ${Date.now() % 100_000}`
    const analyst = await enter(browser, 'analyst', { language })
    await expect(analyst.locator('html')).toHaveAttribute('lang', language)
    await analyst.goto('/sql')
    await expect(analyst).toHaveURL(/stroke-care\/sql/)
    await type(analyst, sql)
    await analyst.locator('.runbar input').fill(title)
    await analyst.locator('.cm-content').click()
    await analyst.keyboard.press('ControlOrMeta+Enter')
    await analyst.getByRole('link', { name: said.open }).click()
    await expect(analyst.locator('.crumbs').getByText(said.held)).toBeVisible({ timeout: 30_000 })
    await expect(analyst.getByRole('button', { name: said.download })).toHaveCount(0)
    const id = analyst.url().split('/').pop()!

    for (const name of ['checker', 'checker2']) {
      const checker = await enter(browser, name, { language })
      await checker.goto('/review')
      await checker.getByRole('link', { name: title }).click()
      await expect(checker.getByRole('grid')).toBeVisible()
      await expect(checker.locator('.cell.primary').first()).toBeVisible()
      await expect(checker.locator('.events blockquote')).toHaveCount(0) // neither sees the other's vote
      await checker.keyboard.press('a')
      await expect(checker.getByRole('radio', { name: said.amended })).toBeChecked()
      await checker.locator('.decision textarea').fill('OK')
      await checker.getByRole('button', { name: said.decide }).click()
      await expect(checker.locator('.decision textarea')).toHaveCount(0)
      await checker.context().close()
    }

    await expect(analyst.locator('.crumbs').getByText(said.released)).toBeVisible({ timeout: 30_000 })
    const [file] = await Promise.all([analyst.waitForEvent('download'), analyst.getByRole('button', { name: said.download, exact: true }).click()])
    const bytes = readFileSync((await file.path())!)
    const counts = bytes.toString('utf8').split('\n').slice(1).map((line) => line.split(',').at(-1)!.trim()).filter((cell) => /^\d+$/.test(cell)).map(Number)
    expect(counts.filter((count) => count >= 1 && count <= 9)).toEqual([])
    if (process.env.BASE_URL) expect(await analyst.locator('.file .id').first().getAttribute('title')).toBe(createHash('sha256').update(bytes).digest('hex'))
    const [certificate] = await Promise.all([analyst.waitForEvent('download'), analyst.locator('.file').filter({ hasText: /certificate|証明書/i }).getByRole('button').click()])
    expect(readFileSync((await certificate.path())!, 'utf8')).toContain('sekisho-release')

    const security = await enter(browser, 'security', { language })
    await security.goto(`/log?actor=checker2&action=output.review`)
    await expect(security.locator('.verified[data-holds=true]')).toBeVisible()
    await security.locator('.entry-place button').first().click()
    await expect(security.locator('.entry-panel')).toContainText(id.slice(0, 12))
    const [proof] = await Promise.all([security.waitForEvent('download'), security.locator('.entry-panel').getByRole('button').last().click()])
    expect(proof.suggestedFilename()).toMatch(/^entry-\d+\.tlog-proof$/)
    expect(readFileSync((await proof.path())!, 'utf8')).toMatch(/^c2sp\.org\/tlog-proof@v1\n/)
  })
}

test('an error is shown where it is', async ({ browser }) => {
  const page = await enter(browser, 'analyst')
  await page.goto('/projects/stroke-care/sql')
  await type(page, 'select count(*)\nfrom patiens')
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(page.getByText('The query did not run')).toBeVisible()
  await expect(page.getByText(/Line 2/)).toBeVisible()
  await expect(page.locator('.cm-lintRange-error')).toBeVisible()
})

test('a session that ends leads back to where it was', async ({ browser }) => {
  const page = await enter(browser, 'analyst')
  await page.goto('/outputs?state=held')
  await expect(page.locator('main h1')).toBeVisible()
  await page.context().clearCookies()
  await expect(page).toHaveURL(/signin\?next=%2Foutputs%3Fstate%3Dheld&ended=1/, { timeout: 30_000 }) // the page asks again by itself
  await expect(page.getByText('Your session has ended')).toBeVisible()
  await page.getByLabel('User name').fill('analyst')
  await page.getByLabel('Password', { exact: true }).fill('sekisho-demo')
  await page.locator('form button[type=submit]').click()
  await expect(page).toHaveURL(/outputs\?state=held/)
})

test('the keyboard goes everywhere', async ({ browser }) => {
  const page = await enter(browser, 'analyst')
  await page.locator('main').focus()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page).toHaveURL(/outputs/)
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('cata')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/catalogue/)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
})
