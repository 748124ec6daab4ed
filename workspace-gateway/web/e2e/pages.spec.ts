import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { enter, type Language, type, upload, visit } from './people.ts'

type Shot = { name: string; who?: string; path: string; before?: (page: Page) => Promise<void> }

const first = (base: string) => async (page: Page) => {
  await page.goto(base)
  await page.locator('.line').first().click()
  await page.waitForURL(new RegExp(`${base}/.+`))
}
const pages: Shot[] = [
  { name: 'signin', path: '/signin' },
  { name: 'catalogue', path: '/catalogue' },
  { name: 'dataset', path: '/catalogue/life' },
  { name: 'register', path: '/register' },
  { name: 'home-analyst', who: 'analyst', path: '/' },
  { name: 'project', who: 'researcher', path: '/projects/stroke-care' },
  { name: 'project-expired', who: 'researcher', path: '/projects/expired-cohort' },
  { name: 'projects', who: 'researcher', path: '/projects' },
  { name: 'sql', who: 'analyst', path: '/projects/stroke-care/sql' },
  { name: 'outputs', who: 'analyst', path: '/outputs' },
  { name: 'output', who: 'analyst', path: '/outputs', before: first('/outputs') },
  { name: 'home-checker', who: 'checker', path: '/' },
  { name: 'queue', who: 'checker', path: '/review' },
  { name: 'review', who: 'checker', path: '/review', before: async (page) => {
    await first('/review')(page)
    await page.getByRole('grid').waitFor()
    await page.locator('main').focus()
    await page.keyboard.press('n')
  } },
  { name: 'home-security', who: 'security', path: '/' },
  { name: 'log', who: 'security', path: '/log', before: (page) => page.locator('.entry-place button').nth(1).click() },
  { name: 'sessions', who: 'security', path: '/sessions' },
  { name: 'alerts', who: 'security', path: '/alerts' },
  { name: 'life', who: 'security', path: '/sessions', before: async (page) => {
    await page.locator('a[href^="/log/of/"]').first().click()
    await page.locator('.life-steps').waitFor()
  } },
  { name: 'usage', who: 'security', path: '/usage' },
  { name: 'applications', who: 'reviewer', path: '/applications' },
  { name: 'apply', who: 'researcher', path: '/applications/new' },
  { name: 'workspaces', who: 'researcher', path: '/workspaces' },
  { name: 'inputs', who: 'researcher', path: '/inputs' },
  { name: 'input', who: 'researcher', path: '/inputs', before: first('/inputs') },
  { name: 'home-steward', who: 'steward', path: '/' },
  { name: 'inputs-steward', who: 'steward', path: '/inputs' },
  { name: 'input-steward', who: 'steward', path: '/inputs', before: first('/inputs') },
  { name: 'home-admin', who: 'admin', path: '/' },
  { name: 'people', who: 'admin', path: '/people' },
  { name: 'account', who: 'admin', path: '/account' },
  { name: 'lost', who: 'analyst', path: '/nowhere' },
  { name: 'not-visible', who: 'analyst', path: '/projects/ageing-towns' },
]

/** Something to look at: one held output in the queue. */
async function prepare(browser: Browser) {
  const page = await enter(browser, 'analyst')
  await page.goto('/projects/stroke-care/sql')
  await type(page, 'select prefecture, count(*) as n\nfrom person\ngroup by prefecture')
  await page.locator('.runbar input').fill('Persons by prefecture')
  await page.getByRole('button', { name: /^Run/ }).click()
  await page.getByRole('link', { name: 'Open the output' }).click({ timeout: 60_000 })
  await expect(page.locator('.crumbs').getByText('Held')).toBeVisible({ timeout: 30_000 })
  await page.context().close()
}

/** And one input that waits for a steward. */
async function bring(browser: Browser) {
  const page = await enter(browser, 'researcher')
  await upload(page, { name: `codes-${Date.now()}.csv`, mimeType: 'text/csv', buffer: Buffer.from('code,name\n01,北海道\n') }, 'Codes of prefectures, from the ministry')
  await page.context().close()
}

test.beforeAll(async ({ browser }) => {
  await prepare(browser)
  await bring(browser)
})

/** Every page fits in all of them; the slower look for accessibility is at both widths and in both schemes once. */
const looks: { language: Language; width: number; scheme: 'light' | 'dark'; accessible?: true }[] = [
  { language: 'ja', width: 1280, scheme: 'light', accessible: true },
  { language: 'en', width: 1280, scheme: 'dark' },
  { language: 'en', width: 400, scheme: 'light' },
  { language: 'ja', width: 400, scheme: 'dark', accessible: true },
]

for (const look of looks) {
  test(`every page ${look.accessible ? 'is accessible and fits' : 'fits'} (${look.language}, ${look.width} px, ${look.scheme})`, async ({ browser }) => {
    test.setTimeout(600_000)
    const found: string[] = []
    const people = new Map<string, Page>()
    for (const { name, who, path, before } of pages) {
      const page = people.get(who ?? '') ?? (who ? await enter(browser, who, look) : await visit(browser, look))
      people.set(who ?? '', page)
      await page.goto(path)
      await before?.(page)
      await settle(page)
      await page.screenshot({ path: `test-results/pages/${name}-${look.language}-${look.width}-${look.scheme}.png`, fullPage: true })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (wide > 0) found.push(`${name}: ${wide} px too wide`)
      if (!look.accessible) continue
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
      for (const { id, nodes } of violations) found.push(`${name}: ${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target} (${failureSummary?.split('\n')[1]?.trim()})`).join(' | ')}`)
    }
    for (const page of people.values()) await page.context().close()
    expect(found).toEqual([])
  })
}

async function settle(page: Page) {
  await expect(page.locator('main :is(h1, h2)').first()).toBeVisible()
  await expect(page.locator('.bones')).toHaveCount(0)
  await expect(page.locator('[data-broken]')).toHaveCount(0)
  await page.waitForTimeout(150)
}
