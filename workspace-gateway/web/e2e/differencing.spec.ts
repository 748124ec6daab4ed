import AxeBuilder from '@axe-core/playwright'
import { type APIRequestContext, expect } from '@playwright/test'
import { enter, type Language, test } from './people.ts'

const counts = (condition: string) => `select prefecture, municipality, count(*) as n from person where prefecture in ('三重県', '愛知県') and ${condition} group by rollup (prefecture, municipality)`
const words = {
  en: { earlier: 'Beside earlier releases', onlyThen: 'only then', row: /^to the row/, both: 'Side by side', first: 'Persons by town', second: 'Persons by town, but one' },
  ja: { earlier: '過去の持出しとの差分', onlyThen: '以前のみ', row: /行へ移動/, both: '並べて表示', first: '市区町村別の人数', second: '市区町村別の人数（1町を除く）' },
}

/** Over the interface, as programs do: what the pages do by hand other specs try. */
async function token(request: APIRequestContext, user: string): Promise<Record<string, string>> {
  const answer = await request.post('/api/session', { data: { user, password: 'sekisho-demo' } })
  expect(answer.status()).toBe(201)
  return { authorization: `Bearer ${(await answer.json()).token}` }
}

async function held(request: APIRequestContext, sql: string, title: string): Promise<string> {
  const headers = await token(request, 'analyst')
  const job = await (await request.post('/api/projects/stroke-care/jobs', { headers, data: { kind: 'sql', sql, title } })).json()
  let now = { state: 'queued', output: '' }
  while (/queued|running/.test(now.state)) now = await (await request.get(`/api/jobs/${job.id}?wait=10`, { headers })).json()
  let output = { state: 'checking' }
  while (output.state === 'checking') output = await (await request.get(`/api/outputs/${now.output}?wait=10`, { headers })).json()
  expect(output.state).toBe('held')
  return now.output
}

test('two tables of which the second lacks one person', async ({ browser, playwright, baseURL }) => {
  // Not a browser's: a program that keeps its cookies, as most libraries do, signs in as one after the other.
  const request = await playwright.request.newContext({ baseURL })
  const first = await held(request, counts('true'), words.en.first)
  for (const checker of ['checker', 'checker2']) {
    const vote = await request.post(`/api/outputs/${first}/reviews`, { headers: await token(request, checker), data: { decision: 'release-amended', note: 'read' } })
    expect(vote.status()).toBe(201)
  }
  const second = await held(request, counts("municipality <> '24321'"), words.en.second)

  for (const language of ['en', 'ja'] as Language[]) {
    const said = words[language]
    const page = await enter(browser, 'checker', { language })
    await page.goto(`/review/${second}`)
    await expect(page.getByRole('grid')).toBeVisible()
    const card = page.locator('section.card', { has: page.getByRole('heading', { name: said.earlier }) })
    const difference = card.locator('.differences > li', { has: page.locator(`a[href="/review/${first}"]`) }).first()
    await expect(difference.locator('svg').first()).toBeVisible()
    await expect(difference.locator('dl > div', { hasText: said.onlyThen })).toContainText(/\D1$/)
    await expect(page.locator('.findings')).toContainText(first)

    // The keyboard goes to the row that tells, and on through the cells that are hidden for it.
    await difference.getByRole('button', { name: said.row }).first().focus()
    await page.keyboard.press('Enter')
    await expect(page.locator('.inspector')).toContainText(language === 'en' ? /Row \d+/ : /\d+行目/)
    await page.locator('main').focus()
    await page.keyboard.press('n')
    await expect(page.locator('[data-here]')).toHaveClass(/primary|secondary/)

    await page.screenshot({ path: `test-results/pages/differencing-${language}-1280.png`, fullPage: true })
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`)).toEqual([])
    await page.setViewportSize({ width: 400, height: 860 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
    await page.screenshot({ path: `test-results/pages/differencing-${language}-400.png`, fullPage: true })
    await page.context().close()
  }

  // What an author sees names the release and no number.
  const told = await (await request.get(`/api/outputs/${second}`, { headers: await token(request, 'analyst') })).json()
  const finding = told.findings.find(({ rule }: { rule: string }) => rule === 'differencing')
  expect(JSON.stringify(finding)).toContain(first)
  expect(finding.evidence).toBeUndefined()
})
