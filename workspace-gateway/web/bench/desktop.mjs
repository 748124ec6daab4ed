// Measures desktops as their users meet them, in a real browser against a real gateway: one JSON line for each figure.
// BASE_URL is a gateway with demo data whose image of desktops is built. A figure is the median of its rounds, in
// milliseconds; its limit stands beside it. Exit 1 when one is broken.
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const base = process.env.BASE_URL
const rounds = Number(process.env.ROUNDS ?? 10)
const limits = { 'first-frame': 2_000, resume: 700, 'key-to-pixels': 60, 'first-frame-of-ten': 4_000, 'key-to-pixels-among-ten': 120 }

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const browser = await chromium.launch({
  ...(existsSync(executablePath) && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
})
let broken = false

function say(figure, measured, unit = 'ms') {
  const sorted = measured.toSorted((a, b) => a - b)
  const median = sorted[Math.floor((sorted.length - 1) / 2)]
  const limit = limits[figure]
  if (limit && median > limit) broken = true
  const round = (value) => Math.round(value * 10) / 10
  console.log(JSON.stringify({ bench: 'desktop', figure, unit, rounds: sorted.length, median: round(median), min: round(sorted[0]), max: round(sorted.at(-1)), ...(limit && { limit, ratio: Math.round((median / limit) * 1000) / 1000 }) }))
}

/** Notes when pixels were first drawn, and when they next change after a key. */
function watch() {
  const pixels = () => {
    const canvas = [...document.querySelectorAll('.desktop-ground canvas')].toSorted((a, b) => b.width * b.height - a.width * a.height)[0]
    if (!canvas || canvas.width < 300) return null
    return new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)
  }
  const isPainted = (seen) => seen !== null && seen.some((pixel) => (pixel & 0x00ffffff) !== 0)
  const painted = (done) => (isPainted(pixels()) ? done(performance.now()) : requestAnimationFrame(() => painted(done)))
  window.untilPainted = () => new Promise(painted)

  const draw = CanvasRenderingContext2D.prototype.drawImage
  let whenDrawn = null
  CanvasRenderingContext2D.prototype.drawImage = function (...given) {
    draw.apply(this, given)
    if (whenDrawn && this.canvas.isConnected) whenDrawn()
  }
  window.keyToPixels = () =>
    new Promise((done) => {
      const before = pixels()
      window.addEventListener('keydown', () => {
        const began = performance.now()
        whenDrawn = () => {
          const now = pixels()
          if (now.length === before.length && now.every((pixel, place) => pixel === before[place])) return
          whenDrawn = null
          done(performance.now() - began)
        }
      }, { capture: true, once: true })
    })
}

/** A person signed in through the page, with the token for what is not measured. */
async function enter(name) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  await context.addInitScript(watch)
  const page = await context.newPage()
  await page.goto(`${base}/signin`)
  await page.getByLabel('User name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill('sekisho-demo')
  await page.locator('form button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.includes('signin'))
  const { token } = await (await fetch(`${base}/api/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user: name, password: 'sekisho-demo' }) })).json()
  return { page, call: (method, path, body) => fetch(`${base}${path}`, { method, headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) }) }
}

/** From the click on a button of the project to the first painted frame. */
async function painted(page, project, button) {
  await page.goto(`${base}/workspaces`)
  const clickable = page.locator(`[data-project="${project}"]`).getByText(button, { exact: true })
  await clickable.waitFor()
  await page.waitForTimeout(300)
  return clickable.evaluate(async (element) => {
    const began = performance.now()
    element.closest('a,button').click()
    return (await window.untilPainted()) - began
  })
}

async function keys(page, times) {
  const measured = []
  for (let i = 0; i < times; i++) {
    await page.waitForTimeout(120)
    const change = page.evaluate(() => window.keyToPixels())
    await page.waitForTimeout(30)
    await page.keyboard.press(i % 20 === 19 ? 'Enter' : 'a')
    measured.push(await change)
  }
  return measured
}

const idOf = (page) => new URL(page.url()).pathname.split('/').at(-1)

async function end(person, id) {
  await person.call('DELETE', `/api/workspaces/${id}`)
  for (let i = 0; i < 100; i++) {
    if ((await (await person.call('GET', `/api/workspaces/${id}`)).json()).state === 'ended') return
    await new Promise((soon) => setTimeout(soon, 100))
  }
  throw new Error('a workspace does not end')
}

/** Projects of their own, applied for and approved as people do it. */
async function projects(count) {
  const reviewer = await enter('reviewer')
  const made = []
  for (let number = 1; number <= count; number++) {
    const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const asked = await researcher.call('POST', '/api/applications', {
      title: `Desktop ${number}`, purpose: 'To measure desktops', outputs: 'None', members: ['researcher'], rules: 'ndb', expires, datasets: [{ dataset: 'life' }], visiting: { desktop: true },
    })
    const decided = await reviewer.call('POST', `/api/applications/${(await asked.json()).id}/decisions`, { decision: 'approve', note: 'To measure' })
    made.push((await decided.json()).project)
  }
  await reviewer.page.context().close()
  return made
}

/** Ten desktops at once: opened one after the other, all typed into while the others are there. */
async function ten() {
  const made = await projects(10)
  const open = []
  const firstFrames = []
  for (const name of made) {
    const page = await researcher.page.context().newPage()
    firstFrames.push(await painted(page, name, 'Start'))
    open.push(page)
  }
  await researcher.page.waitForTimeout(10_000)
  const typed = []
  for (const page of open) {
    await page.bringToFront()
    typed.push(...(await keys(page, 8)))
  }
  if (process.env.SHOTS) await open[9].screenshot({ path: `${process.env.SHOTS}/tenth.png` })
  for (const page of open) {
    const id = idOf(page)
    await page.close()
    await end(researcher, id)
  }
  say('first-frame-of-ten', firstFrames)
  say('key-to-pixels-among-ten', typed)
}

const researcher = await enter('researcher')
const project = process.env.PROJECT ?? 'stroke-care'
const first = []
const resumed = []
let typed = []
for (let round = 0; round < rounds; round++) {
  first.push(await painted(researcher.page, project, 'Start'))
  await researcher.page.locator('.desktop[data-state=shown]').waitFor()
  const id = idOf(researcher.page)
  if (round === 0) {
    await researcher.page.waitForTimeout(3_000)
    typed = await keys(researcher.page, 40)
  }
  resumed.push(await painted(researcher.page, project, 'Go to the desktop'))
  await end(researcher, id)
}
say('first-frame', first)
say('resume', resumed)
say('key-to-pixels', typed)
await ten()
await browser.close()
process.exitCode = broken ? 1 : 0
