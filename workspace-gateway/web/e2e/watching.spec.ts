import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { enter, test, visit } from './people.ts'

/** Somebody guesses; security is told, looks, and says so. */
test('security is told of refused sign-ins, sees what to do, and acknowledges with a note', async ({ browser }) => {
  const guessed = 'steward'
  const note = `Asked by telephone at ${new Date().toISOString()}: it was a new keyboard.`
  const stranger = await visit(browser)
  await stranger.goto('/signin')
  for (let attempt = 0; attempt < 5; attempt++) {
    await stranger.evaluate((user) => fetch('/api/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user, password: 'not the password' }) }), guessed)
  }

  const security = await enter(browser, 'security')
  const alert = security.locator('.alert', { hasText: `Sign-ins as ${guessed}` })
  await expect(async () => {
    await security.goto('/alerts')
    await expect(alert).toBeVisible({ timeout: 1_500 })
  }).toPass({ timeout: 10_000 })
  await security.goto('/')
  await expect(security.locator('.lede')).toContainText(/alerts? waits? for you/)
  await security.screenshot({ path: 'test-results/moments/home-alerts.png', fullPage: true })

  await security.keyboard.press('g')
  await security.keyboard.press('t')
  await expect(security).toHaveURL(/\/alerts$/)
  await expect(alert).toContainText('What to do')
  await security.keyboard.press('j')
  await expect(security.locator('.alert').first()).toBeFocused()
  await security.screenshot({ path: 'test-results/moments/alerts.png', fullPage: true })
  await alert.getByRole('button', { name: /^Acknowledge/ }).click()
  await alert.getByRole('textbox').fill(note)
  await alert.getByRole('button', { name: /^Acknowledge as/ }).click()
  await expect(alert).toHaveCount(0)
  await expect(security.locator('.rows')).toContainText(note)
  await security.screenshot({ path: 'test-results/moments/alerts-acknowledged.png', fullPage: true })
})

test('security takes the week on paper along, in both languages', async ({ browser }) => {
  for (const language of ['en', 'ja'] as const) {
    const security = await enter(browser, 'security', { language })
    await security.goto('/alerts')
    const said = language === 'ja' ? { button: '今週ここまで', title: 'セキュリティ週報' } : { button: 'This week so far', title: 'Weekly security report' }
    const fetched = security.waitForEvent('download')
    await security.getByRole('button', { name: said.button }).click()
    const report = await fetched
    expect(report.suggestedFilename()).toMatch(new RegExp(`^sekisho-week-\\d{4}-\\d{2}-\\d{2}-${language}\\.pdf$`))
    const pdf = await readFile(await report.path())
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    // The title is in the document's information, in UTF-16 where it is not Latin.
    const utf16 = Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(said.title, 'utf16le').swap16()])
    expect(pdf.includes(said.title) || pdf.includes(utf16) || pdf.includes(utf16.toString('hex').toUpperCase()), 'the title of the report').toBe(true)
    await security.screenshot({ path: `test-results/moments/week-report-${language}.png` })
  }
})

test('security follows one session through the log and takes the proof of an entry along', async ({ browser }) => {
  const security = await enter(browser, 'security')
  await security.goto('/sessions')
  await security.getByRole('link', { name: /^Life of this/ }).first().click()
  await expect(security.locator('.life-steps > li').first()).toBeVisible()
  await expect(security.locator('.verified')).toContainText('signed up to')
  await security.screenshot({ path: 'test-results/moments/life.png', fullPage: true })
  const fetched = security.waitForEvent('download')
  await security.getByRole('button', { name: /^Download the proof/ }).first().click()
  expect((await fetched).suggestedFilename()).toMatch(/^entry-\d+\.tlog-proof$/)
})

test('security reads the life of a project, and the log without looks until they are asked for', async ({ browser }) => {
  const security = await enter(browser, 'security')
  await security.goto('/projects')
  await security.getByRole('link', { name: /Stroke/ }).click()
  await security.getByRole('link', { name: 'Life of this project' }).click()
  await expect(security).toHaveURL(/\/log\/of\/stroke-care$/)
  await expect(security.locator('.life-steps > li').first()).toBeVisible()
  await security.screenshot({ path: 'test-results/moments/life-project.png', fullPage: true })

  await security.goto('/log')
  const looks = security.locator('.entry-place', { hasText: 'Read the log' })
  await expect(security.locator('.entry-place button').first()).toBeVisible()
  await expect(looks).toHaveCount(0)
  await security.getByRole('checkbox', { name: /looks at the log/ }).check()
  await expect(security).toHaveURL(/looks=too/)
  await expect(looks.first()).toBeVisible()
  await security.screenshot({ path: 'test-results/moments/log-looks.png', fullPage: true })
})

test('an opened entry has an address of its own, and the keyboard goes there and back', async ({ browser }) => {
  const security = await enter(browser, 'security')
  await security.goto('/log')
  const row = security.locator('.entry-place button').nth(1)
  await row.focus()
  await security.keyboard.press('Enter')
  await expect(security).toHaveURL(/\/log\?entry=\d+$/)
  const panel = security.locator('.entry-panel')
  await expect(panel.getByRole('heading')).toBeFocused()
  await security.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(security).toHaveURL(/\/log$/)
  await expect(row).toBeFocused()
  await security.goBack()
  await expect(panel).toBeVisible()
})
