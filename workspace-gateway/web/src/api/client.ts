import type { Factor } from './types.ts'

/** What went wrong, in the words of the gateway (RFC 9457) or, where it could not be reached, ours. */
export class Problem extends Error {
  readonly status: number
  readonly reason: string
  readonly detail: string | undefined
  readonly factors: Factor[]

  constructor(status: number, reason: string, title: string, detail?: string, factors: Factor[] = []) {
    super(title)
    this.status = status
    this.reason = reason
    this.detail = detail
    this.factors = factors
  }
}

let language = 'en'
let onSignedOut: () => void = () => {}
let onStepUp: () => Promise<boolean> = () => Promise.resolve(false)

/** The language in which the gateway is asked to answer. */
export function speak(next: string): void {
  language = next
}

/** Called when a call that needs a session finds that it has ended. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act
}

/** Called when an act needs a second factor that was shown just now; true makes the call once more. */
export function whenStepUp(ask: () => Promise<boolean>): void {
  onStepUp = ask
}

type Call = { method?: string; body?: unknown; signal?: AbortSignal; accept?: string; headers?: Record<string, string> }

export async function call(path: string, { method = 'GET', body, signal, accept = 'application/json', headers: more }: Call = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept, 'Accept-Language': language }
  const whole = body instanceof Blob || body instanceof FormData
  if (body !== undefined && !whole) headers['Content-Type'] = 'application/json'
  Object.assign(headers, more)
  const once = () =>
    fetch(path, { method, headers, body: body === undefined || whole ? (body as BodyInit | undefined) : JSON.stringify(body), signal, credentials: 'same-origin' }).catch((cause: unknown) => {
      if (signal?.aborted) throw cause
      throw new Problem(0, 'offline', 'offline')
    })
  let response = await once()
  if (response.ok) return response
  const told = await problem(response, path)
  if (told.reason !== 'step-up' || !(await onStepUp())) throw told
  response = await once()
  if (!response.ok) throw await problem(response, path)
  return response
}

export async function ask<T>(path: string, options: Call = {}): Promise<T> {
  const response = await call(path, options)
  return (response.status === 204 ? undefined : await response.json()) as T
}

async function problem(response: Response, path: string): Promise<Problem> {
  const told = await response.json().catch(() => ({}))
  const reason = typeof told.type === 'string' ? told.type.replace(/^urn:sekisho:/, '') : `http-${response.status}`
  if (reason === 'not-signed-in' && path !== '/api/session') onSignedOut()
  return new Problem(response.status, reason, told.title ?? response.statusText, told.detail, told.factors)
}

export function query(given: Record<string, string | number | undefined | null>): string {
  const set = Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(set.map(([key, value]) => [key, String(value)])).toString()
  return text ? `?${text}` : ''
}

/** Hands bytes to the browser's own download, after the gateway has let them through and logged it. */
export async function download(path: string, name: string): Promise<void> {
  const response = await call(path, { accept: '*/*' })
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 30_000)
}
