import { createHmac } from 'node:crypto'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, expect, type Page } from '@playwright/test'
import { enter, test, visit } from './people.ts'

const gateway = process.env.BASE_URL
/** Passkeys belong to names: the gateway answers to this one as well. */
const named = gateway?.replace('127.0.0.1', 'localhost') ?? ''
const password = 'correct horse battery'

test.skip(!gateway, 'needs a real gateway')

/** What an authenticator application shows, so many half minutes from now (RFC 6238). */
function code(secret: string, steps = 0): string {
  const bits = [...secret.replace(/\s/g, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const hash = createHmac('sha1', key).update(counter).digest()
  return String((hash.readUInt32BE(hash[19]! & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** A device with a fingerprint reader, and a finger on it. */
async function device(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
}

/** Somebody new, who comes in by invitation. */
async function invited(browser: Browser, name: string): Promise<Page> {
  const admin = await enter(browser, 'admin')
  await admin.goto('/people')
  await admin.getByRole('button', { name: 'Invite a person' }).click()
  await admin.getByLabel('Name of the person').fill(name)
  await admin.getByLabel('User name').fill(name)
  await admin.getByRole('button', { name: 'Make the invitation' }).click()
  const link = (await admin.locator('[data-invitation]').textContent())!
  await admin.screenshot({ path: 'test-results/moments/invitation.png', fullPage: true })
  await admin.context().close()
  const page = await visit(browser)
  await page.goto(link.replace(/^https?:\/\/[^/]+/, named))
  await page.getByLabel('Password (12 characters or more)').fill(password)
  await page.screenshot({ path: 'test-results/moments/welcome.png', fullPage: true })
  await page.getByRole('button', { name: 'Begin' }).click()
  await expect(page).toHaveURL(/\/account$/)
  return page
}

const fresh = (kind: string) => `${kind}-${Date.now().toString(36)}`

async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/signin/)
}

test('a person comes by invitation, gets a role from two people, and an application and codes as second factors', async ({ browser }) => {
  const name = fresh('reviewer')
  const page = await invited(browser, name)

  const admin = await enter(browser, 'admin')
  await admin.goto('/people')
  await admin.getByRole('button', { name: `Change: ${name}` }).click()
  await admin.getByRole('checkbox', { name: 'Application reviewer' }).check()
  await admin.screenshot({ path: 'test-results/moments/person.png', fullPage: true })
  await admin.getByRole('button', { name: 'Propose these roles' }).click()
  await expect(admin.getByText('Another person can confirm it now')).toBeVisible()
  await admin.getByRole('button', { name: 'Close' }).click()
  await expect(admin.locator('[data-change=roles]').filter({ hasText: name }).getByRole('button', { name: 'Confirm' })).toHaveCount(0)
  const security = await enter(browser, 'security')
  const change = security.locator('[data-change=roles]').filter({ hasText: name })
  await expect(change).toContainText('Application reviewer')
  await security.screenshot({ path: 'test-results/moments/change.png', fullPage: true })
  await change.getByRole('button', { name: 'Confirm' }).click()
  await security.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click()
  await expect(change).toHaveCount(0)

  await page.goto(`${named}/signin`)
  await page.getByLabel('User name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.locator('form button[type=submit]').click()
  await page.getByRole('link', { name: /^Account/ }).click()
  await page.locator('[data-factor=totp]').getByLabel('Present password').fill(password)
  await page.getByRole('button', { name: 'Set up' }).click()
  const secret = (await page.locator('.secret').textContent())!
  await page.screenshot({ path: 'test-results/moments/authenticator.png', fullPage: true })
  await page.getByLabel('Six digits of the application').fill('000000')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('alert')).toContainText('wrong')
  await page.getByLabel('Six digits of the application').fill(code(secret))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.locator('.codes code')).toHaveCount(10)
  const codes = await page.locator('.codes code').allTextContents()
  await page.screenshot({ path: 'test-results/moments/recovery-codes.png', fullPage: true })
  await page.getByRole('button', { name: 'I have written them down' }).click()
  await leave(page)

  await page.getByLabel('User name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.locator('form button[type=submit]').click()
  await expect(page.getByText('The password is right')).toBeVisible()
  await page.screenshot({ path: 'test-results/moments/second-factor.png', fullPage: true })
  await page.getByLabel('Code').fill('000000')
  await page.locator('form button[type=submit]').click()
  await expect(page.getByRole('alert')).toContainText('wrong')
  await page.getByLabel('Code').fill(codes[0]!)
  await page.locator('form button[type=submit]').click()
  await expect(page).not.toHaveURL(/signin/)
  await page.goto(`${named}/account`)
  await expect(page.getByText('9 codes are left')).toBeVisible()
})

test('a passkey is made, signs in, and is shown once more for what weighs most', async ({ browser }) => {
  const name = fresh('passkey')
  const page = await invited(browser, name)
  await device(page)
  await page.getByLabel('Name of the passkey').fill('Office laptop')
  await page.locator('[data-factor=passkey]').getByLabel('Present password').fill(password)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.locator('.codes code')).toHaveCount(10)
  await page.getByRole('button', { name: 'I have written them down' }).click()
  await expect(page.locator('[data-factor=passkey]')).toContainText('Office laptop')
  await page.screenshot({ path: 'test-results/moments/account.png', fullPage: true })
  await leave(page)

  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).not.toHaveURL(/signin/)

  // As it is when the second factor was shown long ago: the gateway asks, the page shows, the act goes on.
  let refused = 0
  await page.route('**/api/account/recovery-codes', async (route) => {
    if (refused++) return route.continue()
    await route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ type: 'urn:sekisho:step-up', title: 'Show your second factor once more', status: 403 }) })
  })
  await page.goto(`${named}/account`)
  await page.getByRole('button', { name: 'Make new codes' }).click()
  await page.getByRole('alertdialog').getByLabel('Present password').fill(password)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make new codes' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('is it you?')
  await page.screenshot({ path: 'test-results/moments/step-up.png', fullPage: true })
  const shown = page.waitForResponse((response) => response.url().endsWith('/api/session/step-up'))
  await dialog.getByRole('button', { name: 'Use a passkey' }).click()
  expect((await shown).status()).toBe(204)
  await expect(page.locator('.codes code')).toHaveCount(10)
  expect(refused).toBe(2)

  await page.getByRole('button', { name: 'I have written them down' }).click()
  await page.getByRole('button', { name: 'Remove: Office laptop' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.locator('[data-factor=passkey] .line')).toHaveCount(0)
})

/** A page on another port, which hands everything on to the gateway as if it came from there. */
function impostor(): Promise<Server> {
  const to = new URL(gateway!)
  const server = createServer((asked, answered) => {
    const headers = { ...asked.headers, host: `localhost:${to.port}`, ...(asked.headers.origin && { origin: `http://localhost:${to.port}` }) }
    const passed = request({ host: '127.0.0.1', port: to.port, path: asked.url, method: asked.method, headers }, (reply) => {
      answered.writeHead(reply.statusCode!, reply.headers)
      reply.pipe(answered)
    })
    asked.pipe(passed)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

test('a passkey is worth nothing on a page that hands it on from another origin', async ({ browser }) => {
  const name = fresh('lured')
  const page = await invited(browser, name)
  await device(page)
  await page.locator('[data-factor=passkey]').getByLabel('Present password').fill(password)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: 'I have written them down' }).click()
  await leave(page)
  const server = await impostor()
  try {
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/signin`)
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/session/passkey'))
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    expect((await answer).status()).toBe(401)
    await expect(page.getByRole('alert')).toBeVisible()
    await expect(page).toHaveURL(/signin/)
  } finally {
    server.close()
  }
  await page.goto(`${named}/signin`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).not.toHaveURL(/signin/)
})

test('at an address in numbers the page says why there are no passkeys, and where there are', async ({ browser }) => {
  const page = await enter(browser, 'steward')
  await page.goto('/account')
  await expect(page.getByText('No passkeys at an address in numbers')).toBeVisible()
  await expect(page.getByRole('link', { name: `${named}/account` })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toHaveCount(0)
})
