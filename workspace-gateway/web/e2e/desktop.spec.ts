import { gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import { enter } from './people.ts'

/** The desktop of the project in the whole window, its terminal ready; false where this machine gives no sandbox. */
async function sit(page: Page, project = 'stroke-care'): Promise<boolean> {
  await page.goto('/workspaces')
  const line = page.locator(`[data-project=${project}]`)
  await expect(line).toBeVisible()
  if (await page.getByText(/Desktops are off|デスクトップは使えません/).count()) {
    test.info().annotations.push({ type: 'skipped', description: 'SKIPPED, LOUDLY: this machine gives no sandbox' })
    return false
  }
  await line.locator('.acts :is(a, button)').first().click()
  await expect(page.locator('.desktop[data-state=shown]')).toBeVisible({ timeout: 60_000 })
  await still(page)
  return true
}

const picture = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll<HTMLCanvasElement>('.desktop-ground canvas')].filter(({ width }) => width > 300)[0]?.toDataURL() ?? '')

/** Until nothing has changed on the screen for a while, the clock aside. */
async function still(page: Page, quiet = 1_500, most = 30_000): Promise<void> {
  const end = Date.now() + most
  let last = ''
  let since = Date.now()
  while (Date.now() < end) {
    const now = await picture(page)
    if (now !== last) since = Date.now()
    last = now
    if (last && Date.now() - since > quiet) return
    await page.waitForTimeout(100)
  }
}

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.type(command, { delay: 5 })
  await page.keyboard.press('Enter')
}

async function end(page: Page, project = 'stroke-care'): Promise<void> {
  await page.goto('/workspaces')
  const line = page.locator(`[data-project=${project}]`)
  await line.locator('.acts button').last().click()
  await page.getByRole('alertdialog').getByRole('button').last().click()
  await expect(line.locator('.chip[data-state=open]')).toHaveCount(0, { timeout: 30_000 })
}

test('in the desktop Python and R ask the data and draw, Japanese is typed, and a file is submitted', async ({ browser }) => {
  test.setTimeout(240_000)
  const page = await enter(browser, 'researcher', { language: 'ja', width: 1440 })
  if (!(await sit(page))) return
  await page.screenshot({ path: 'test-results/moments/desktop.png' })

  await run(page, `python3 -c "import sekisho, matplotlib.pyplot as plt; f = sekisho.sql('select prefecture, count(*) n from person group by 1 order by 2 desc limit 8'); f.to_csv('outputs/py.csv'); f.plot.bar(x='prefecture', y='n'); plt.show()"`)
  await still(page, 2_500)
  await page.screenshot({ path: 'test-results/moments/desktop-python.png' })
  await page.keyboard.press('Alt+F4')
  await still(page)

  await run(page, 'R -q')
  await still(page)
  await run(page, `library(ggplot2); x <- sekisho::sql('select sex, count(*) n from person group by 1'); write.csv(x, 'outputs/r.csv'); ggplot(x, aes(sex, n)) + geom_col()`)
  await still(page, 2_500)
  await page.screenshot({ path: 'test-results/moments/desktop-r.png' })
  await page.keyboard.press('Alt+F4')
  await still(page)
  await run(page, "q('no')")
  await still(page)

  await page.keyboard.type('cat > outputs/note.md\n')
  await page.keyboard.press('Control+Space')
  await still(page, 700)
  await page.keyboard.type('nihongo', { delay: 60 })
  await still(page, 500)
  await page.screenshot({ path: 'test-results/moments/desktop-japanese.png' })
  await page.keyboard.press('Space')
  await still(page, 500)
  await page.keyboard.press('Enter')
  await still(page, 500)
  await page.keyboard.press('Control+Space')
  await still(page, 500)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+d')
  const title = `Desk ${Date.now() % 100_000}`
  await run(page, `sekisho submit note.md py.csv r.csv --context "${title}"`)
  await still(page, 2_000)
  await page.screenshot({ path: 'test-results/moments/desktop-submitted.png' })

  const checker = await enter(browser, 'checker')
  await checker.goto('/review')
  await checker.getByRole('link', { name: title }).first().click()
  await expect(checker.getByRole('radio', { name: /r\.csv/ })).toBeVisible()
  await checker.getByRole('radio', { name: /py\.csv/ }).click()
  await expect(checker.getByRole('grid')).toContainText('愛知県')
  await checker.getByRole('radio', { name: /note\.md/ }).click()
  await expect(checker.getByText('日本語').first()).toBeVisible()
  await end(page)
})

/** What might carry the text, whole or as part of something longer. */
function disguises(canary: string): [string, Buffer][] {
  const raw = Buffer.from(canary)
  const inner = (bytes: Buffer, pad: number) => Buffer.from(Buffer.concat([Buffer.alloc(pad), bytes]).toString('base64').replace(/=+$/, '').slice(pad ? 4 : 0, -2))
  const zipped = gzipSync(raw)
  const wide = Buffer.from(canary, 'utf16le')
  return [
    ['raw', raw],
    ...[0, 1, 2].map((pad): [string, Buffer] => [`base64 at ${pad}`, inner(raw, pad)]),
    ['hex', Buffer.from(raw.toString('hex'))],
    ['HEX', Buffer.from(raw.toString('hex').toUpperCase())],
    ['gzip', zipped.subarray(10, zipped.length - 8)],
    ['UTF-16LE', wide],
    ['UTF-16BE', Buffer.from(wide).swap16()],
    ['reversed', Buffer.from([...canary].reverse().join(''))],
  ]
}

/** Everything that the browser got, as it came and with what it decodes to. */
function listen(page: Page): Buffer[] {
  const heard: Buffer[] = []
  const hear = (bytes: Buffer) => {
    heard.push(bytes)
    for (const [, blob] of bytes.toString('latin1').matchAll(/4\.blob,\d+\.\d+,\d+\.([A-Za-z0-9+/=]+);/g)) heard.push(Buffer.from(blob!, 'base64'))
  }
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => hear(Buffer.from(payload))))
  page.on('response', async (response) => {
    hear(Buffer.from(JSON.stringify(response.headers())))
    const body = await response.body().catch(() => null)
    if (body) hear(body)
  })
  return heard
}

test('a canary inside is in no byte that reaches the browser, whatever a program does to send it', async ({ browser }) => {
  test.setTimeout(180_000)
  const page = await enter(browser, 'researcher', { width: 1440 })
  const heard = listen(page)
  if (!(await sit(page))) return
  const canary = `K${Math.random().toString(36).slice(2, 12).toUpperCase()}Q${Date.now()}`
  await run(page, `C=${canary}; clear`)
  await run(page, String.raw`printf '\e]0;%s\a\e]52;c;%s\a\e]482202;%s\a\e]482200;%s\a\e]1337;File=name=%s:%s\a' $C $(printf $C | base64) $C $C $(printf $C | base64) $(printf $C | base64)`)
  await run(page, String.raw`echo $C; printf $C | rev; printf $C | xxd -p; printf $C | base64; printf $C | gzip | base64; printf $C | iconv -t UTF-16LE | base64`)
  await run(page, `python3 -c "import tkinter as t; r = t.Tk(); r.title('$C'); r.clipboard_clear(); r.clipboard_append('$C'); r.selection_own(); r.after(1500, r.destroy); r.mainloop()"`)
  await run(page, `mkdir -p outputs; echo $C > outputs/$C.txt; sekisho outputs; sekisho sql "select '$C' as x" >/dev/null; sekisho sql "selec '$C'"; sekisho submit $C.exe --context $C`)
  await still(page, 2_000)
  await page.screenshot({ path: 'test-results/moments/desktop-canary.png' })
  await end(page)
  const everything = Buffer.concat(heard)
  expect(everything.length).toBeGreaterThan(100_000)
  expect(everything.includes('4.sync')).toBe(true)
  for (const [disguise, bytes] of disguises(canary)) expect(everything.includes(bytes), `the canary as ${disguise}`).toBe(false)
})
