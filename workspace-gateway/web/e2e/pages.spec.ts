import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page } from '@playwright/test'
import { enter, type Language, test, type, upload, visit } from './people.ts'

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

type Look = { width: number; scheme: 'light' | 'dark' }

/** Every page is opened once in each language, at the first look, and turned to the second; one language has the slower look for accessibility. */
const visits: { language: Language; looks: [Look, Look]; accessible: boolean }[] = [
  { language: 'ja', looks: [{ width: 1280, scheme: 'light' }, { width: 400, scheme: 'dark' }], accessible: true },
  { language: 'en', looks: [{ width: 400, scheme: 'light' }, { width: 1280, scheme: 'dark' }], accessible: false },
]

for (const { language, looks, accessible } of visits) {
  test(`every page ${accessible ? 'is accessible and fits' : 'fits'} (${language}, ${looks.map(({ width, scheme }) => `${width} px ${scheme}`).join(', ')})`, async ({ browser }) => {
    test.setTimeout(600_000)
    const found: string[] = []
    for (const who of new Set(pages.map((shot) => shot.who))) {
      const page = who ? await enter(browser, who, { language, ...looks[0] }) : await visit(browser, { language, ...looks[0] })
      for (const shot of pages.filter((each) => each.who === who)) {
        await turn(page, looks[0])
        await page.goto(shot.path)
        await shot.before?.(page)
        for (const look of looks) {
          await turn(page, look)
          const name = `${shot.name}-${language}-${look.width}-${look.scheme}`
          found.push(...(await faults(page, accessible)).map((fault) => `${name}: ${fault}`))
          await page.screenshot({ path: `test-results/pages/${name}.png`, fullPage: true })
        }
      }
      await page.context().close()
    }
    expect(found).toEqual([])
  })
}

async function turn(page: Page, { width, scheme }: Look) {
  await page.setViewportSize({ width, height: 860 })
  await page.emulateMedia({ colorScheme: scheme })
}

/** What is wrong with the page as it stands. */
async function faults(page: Page, accessible: boolean): Promise<string[]> {
  await settle(page)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const fits = wide > 0 ? [`${wide} px too wide`] : []
  if (!accessible) return fits
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  return [...fits, ...violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target} (${failureSummary?.split('\n')[1]?.trim()})`).join(' | ')}`)]
}

async function settle(page: Page) {
  await expect(page.locator('main :is(h1, h2)').first()).toBeVisible()
  await expect(page.locator('.bones')).toHaveCount(0)
  await expect(page.locator('[data-broken]')).toHaveCount(0)
  await page.waitForTimeout(150)
}
