import { gzipSync } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import { enter, needSandbox, test } from './people.ts'

/** The desktop of the project in the whole window, its terminal ready. */
async function sit(page: Page, project = 'stroke-care'): Promise<void> {
  await page.goto('/workspaces')
  const line = page.locator(`[data-project=${project}]`)
  await expect(line.locator('.acts, .under span').first()).toBeVisible()
  await needSandbox(page)
  if (await line.locator('.acts a').count()) await end(page, project)
  await line.locator('.acts button').first().click()
  await expect(page.locator('.desktop[data-state=shown]')).toBeVisible({ timeout: 60_000 })
  await still(page, 1_000)
  await after(page, 50, () => page.keyboard.press('Enter'), true)
}

/** The pixels of the screen, kept in the page under this name; how many differ from those kept under the other. */
const look = (page: Page, name: string, other: string) =>
  page.evaluate(([name, other]) => {
    const kept = ((window as unknown as { kept?: Record<string, Uint32Array> }).kept ??= {})
    const canvas = [...document.querySelectorAll<HTMLCanvasElement>('.desktop-ground canvas')].filter(({ width }) => width > 300)[0]
    const now = new Uint32Array(canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.buffer ?? new ArrayBuffer(0))
    const before = kept[other]
    kept[name] = now
    return before?.length === now.length ? now.reduce((sum, pixel, place) => sum + Number(pixel !== before[place]), 0) : now.length
  }, [name, other] as const)

/** Until nothing has changed on the screen for a while, the cursor and the clock aside. */
async function still(page: Page, quiet = 600): Promise<void> {
  const end = Date.now() + 30_000
  await look(page, 'last', 'last')
  let since = Date.now()
  while (Date.now() < end && Date.now() - since < quiet) {
    await page.waitForTimeout(100)
    if ((await look(page, 'last', 'last')) > 400) since = Date.now()
  }
}

/** Does it, and waits until so many pixels are others than before, and then until the screen is still. */
async function after(page: Page, pixels: number, act: () => Promise<unknown>, again = false): Promise<void> {
  await look(page, 'before', 'before')
  await act()
  await expect(async () => {
    const changed = await look(page, 'now', 'before')
    if (again && changed < pixels) await act()
    expect(changed).toBeGreaterThan(pixels)
  }).toPass({ timeout: 60_000, intervals: [200] })
  await still(page)
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
  await sit(page)
  await page.screenshot({ path: 'test-results/moments/desktop.png' })

  const figure = 150_000
  const stamp = Date.now() % 100_000
  const close = async () => {
    await after(page, figure, () => page.keyboard.press('Alt+F4'))
    await page.mouse.click(720, 700)
    await still(page)
  }
  await after(page, figure, () => run(page, `python3 -c "import sekisho, matplotlib.pyplot as plt; f = sekisho.sql('select prefecture, count(*) n from person group by 1 order by 2 desc limit 8'); f.to_csv('outputs/py.csv', index=False); f.plot.bar(x='prefecture', y='n'); plt.show()"`))
  await page.screenshot({ path: 'test-results/moments/desktop-python.png' })
  await close()

  await after(page, 100, () => run(page, 'R -q'))
  await after(page, figure, () => run(page, `library(ggplot2); x <- sekisho::sql('select sex, count(*) n from person group by 1'); write.csv(x, 'outputs/r.csv', row.names=FALSE); ggplot(x, aes(sex, n)) + geom_col()`))
  await page.screenshot({ path: 'test-results/moments/desktop-r.png' })
  await close()
  await after(page, 100, () => run(page, "q('no')"))

  await after(page, 100, () => run(page, `cat > outputs/note-${stamp}.md`))
  await after(page, 30, () => page.keyboard.press('Control+Space'))
  await after(page, 2_000, () => page.keyboard.type('nihongo', { delay: 60 }))
  await page.screenshot({ path: 'test-results/moments/desktop-japanese.png' })
  await after(page, 30, () => page.keyboard.press('Space'))
  await after(page, 30, () => page.keyboard.press('Enter'))
  await after(page, 30, () => page.keyboard.press('Control+Space'))
  await page.keyboard.press('Enter')
  await after(page, 30, () => page.keyboard.press('Control+d'))
  await after(page, 1_000, () => run(page, `sekisho submit note-${stamp}.md py.csv r.csv --context "For the report"`))
  await page.screenshot({ path: 'test-results/moments/desktop-submitted.png' })

  const checker = await enter(browser, 'checker')
  await checker.goto('/review')
  await checker.getByRole('link', { name: `note-${stamp}.md` }).click({ timeout: 60_000 })
  await expect(checker.getByRole('radio', { name: /r\.csv/ })).toBeVisible()
  await checker.getByRole('radio', { name: /py\.csv/ }).click()
  await expect(checker.getByRole('grid')).toContainText('愛知県')
  await checker.getByRole('radio', { name: /note-/ }).click()
  await expect(checker.getByText('日本語', { exact: true }).first()).toBeVisible()
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
  await sit(page)
  const canary = `K${Math.random().toString(36).slice(2, 12).toUpperCase()}Q${Date.now()}`
  await run(page, `C=${canary}; clear`)
  await run(page, String.raw`printf '\e]0;%s\a\e]52;c;%s\a\e]482202;%s\a\e]482200;%s\a\e]1337;File=name=%s:%s\a' $C $(printf $C | base64) $C $C $(printf $C | base64) $(printf $C | base64)`)
  await after(page, 2_000, () => run(page, String.raw`echo $C; printf $C | perl -pe '$_ = reverse'; echo; printf $C | perl -pe '$_ = unpack(q(H*), $_)'; echo; printf $C | base64; printf $C | gzip | base64; printf $C | iconv -t UTF-16LE | base64`))
  await page.screenshot({ path: 'test-results/moments/desktop-canary.png' })
  await after(page, 20_000, () => run(page, `python3 -c "import tkinter as t; r = t.Tk(); r.title('$C'); r.clipboard_clear(); r.clipboard_append('$C'); r.selection_own(); r.after(4000, r.destroy); r.mainloop()"`))
  await after(page, 20_000, async () => {})
  await after(page, 1_000, () => run(page, `mkdir -p outputs; echo $C > outputs/$C.txt; sekisho outputs; sekisho sql "select '$C' as x" >/dev/null; sekisho sql "selec '$C'"; sekisho submit $C.exe --context $C`))
  // the last command says that all before it have run
  const last = `last-${Date.now() % 100_000}.txt`
  await run(page, `echo plain > outputs/${last}; sekisho submit ${last} --context "Nothing"`)
  const checker = await enter(browser, 'checker')
  await checker.goto('/review')
  await expect(checker.getByRole('link', { name: last })).toBeVisible({ timeout: 60_000 })
  await end(page)
  const everything = Buffer.concat(heard)
  expect(everything.length).toBeGreaterThan(100_000)
  expect(everything.includes('4.sync')).toBe(true)
  for (const [disguise, bytes] of disguises(canary)) expect(everything.includes(bytes), `the canary as ${disguise}`).toBe(false)
})
