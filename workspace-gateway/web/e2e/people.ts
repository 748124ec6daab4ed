import { type Browser, type BrowserContext, expect, type Page, test as base } from '@playwright/test'

export type Language = 'ja' | 'en'
type Look = { language?: Language; width?: number; scheme?: 'light' | 'dark' }

const visitors = new Set<BrowserContext>()

/** A test at whose end everybody leaves: a page left open listens and draws on, and slows those after it. */
export const test = base.extend<{ leaving: void }>({
  leaving: [async ({}, use) => {
    await use()
    await Promise.all([...visitors].map((visitor) => visitor.close()))
    visitors.clear()
  }, { auto: true }],
})

/** A person in a browser of their own, signed in through the page. */
export async function enter(browser: Browser, name: string, { language = 'en', width = 1280, scheme = 'light' }: Look = {}): Promise<Page> {
  const page = await visit(browser, { language, width, scheme })
  await page.goto('/signin')
  await page.getByLabel(language === 'ja' ? 'ユーザー名' : 'User name').fill(name)
  await page.getByLabel(language === 'ja' ? 'パスワード' : 'Password', { exact: true }).fill('sekisho-demo')
  await page.locator('form button[type=submit]').click()
  await expect(page).not.toHaveURL(/signin/)
  return page
}

/** Somebody without an account. Anything that breaks the content security policy, or throws, fails the test. */
export async function visit(browser: Browser, { language = 'en', width = 1280, scheme = 'light' }: Look = {}): Promise<Page> {
  const context = await browser.newContext({ locale: language === 'ja' ? 'ja-JP' : 'en-GB', timezoneId: 'Asia/Tokyo', viewport: { width, height: 860 }, colorScheme: scheme, acceptDownloads: true, reducedMotion: 'reduce' })
  visitors.add(context)
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) throw new Error(message.text())
  })
  return page
}

export async function type(page: Page, sql: string): Promise<void> {
  const editor = page.locator('.cm-content')
  await editor.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(sql)
}

type Chosen = { name: string; mimeType: string; buffer: Buffer }

/** Brings a file in through the page, and waits until it has been checked. The page has to be in English. */
export async function upload(page: Page, file: Chosen, purpose: string, project?: string): Promise<void> {
  await page.goto(project ? `/inputs?project=${project}` : '/inputs')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles(file)
  await page.getByLabel('What it is for').fill(purpose)
  await page.getByRole('button', { name: 'Upload' }).click()
  const line = page.locator('.line', { hasText: file.name })
  await expect(line.locator('.chip').first()).toHaveAttribute('data-state', /waiting|refused/, { timeout: 30_000 })
}

/** On a page that tells of desktops: skips the test where this machine gives no sandbox, unless one is required. */
export async function needSandbox(page: Page): Promise<void> {
  if ((await page.getByText(/Desktops are off|デスクトップは使えません/).count()) === 0) return
  if (process.env.SEKISHO_REQUIRE_SANDBOX === '1') throw new Error('a sandbox is required here, and the page says that desktops are off')
  test.skip(true, 'SKIPPED, LOUDLY: this machine gives no sandbox')
}
