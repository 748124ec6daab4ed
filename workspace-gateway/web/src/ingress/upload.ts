import { useSyncExternalStore } from 'react'
import { ask, call, Problem } from '../api/client.ts'
import type { Input } from '../api/types.ts'

/** An upload that this window drives. It goes on while the person looks at other pages. */
export type Sending = { sent: number; of: number; waiting?: boolean; problem?: Problem | undefined }

const sendings = new Map<string, Sending>()
const listeners = new Set<() => void>()
const stops = new Map<string, AbortController>()

function tell(id: string, sending: Sending | undefined): void {
  if (sending) sendings.set(id, sending)
  else sendings.delete(id)
  for (const listen of listeners) listen()
}

export function useSending(id: string): Sending | undefined {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => sendings.get(id),
  )
}

const KIB = 1024
const least = 256 * KIB
const most = 4096 * KIB
const hashedWhole = 64 * KIB * KIB

/** A quick piece is followed by a larger one, a slow one by a smaller: no piece takes long to send again. */
export function nextSize(size: number, milliseconds: number): number {
  if (milliseconds < 700) return Math.min(most, size * 2)
  if (milliseconds > 4000) return Math.max(least, Math.floor(size / 2))
  return size
}

/** Seconds to wait before the next attempt. */
export function pause(attempt: number): number {
  return Math.min(20, 2 ** Math.min(attempt, 6) / 2)
}

/** SHA-256 of a file that fits into memory with ease, so that the gateway can tell a broken or another file. */
export async function hash(file: Blob): Promise<string | undefined> {
  if (file.size > hashedWhole || !globalThis.crypto?.subtle) return undefined
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Sends what the gateway does not have yet, until it has all of it. Resolves when it has, or was told to stop. */
export async function send(id: string, file: Blob, wait = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000))): Promise<void> {
  stops.get(id)?.abort()
  const stop = new AbortController()
  stops.set(id, stop)
  let size = least
  let attempt = 0
  try {
    while (!stop.signal.aborted) {
      try {
        let offset = await offsetOf(id, stop.signal)
        while (offset < file.size) {
          tell(id, { sent: offset, of: file.size })
          const begun = performance.now()
          offset = await sendPiece(id, file, offset, size, stop.signal)
          size = nextSize(size, performance.now() - begun)
          attempt = 0
        }
        return tell(id, undefined)
      } catch (cause) {
        if (stop.signal.aborted) return
        const problem = cause instanceof Problem ? cause : new Problem(0, 'offline', 'offline')
        const known = sendings.get(id)?.sent ?? 0
        if (!passes(problem)) return tell(id, { sent: known, of: file.size, problem })
        size = least
        tell(id, { sent: known, of: file.size, waiting: true })
        await wait(pause(attempt++))
      }
    }
  } finally {
    if (stops.get(id) === stop) stops.delete(id)
    if (stop.signal.aborted) tell(id, undefined)
  }
}

export function stopSending(id: string): void {
  stops.get(id)?.abort()
}

/** What another attempt may mend: no connection, a gateway that restarts or is busy, a piece that came twice. */
function passes({ status, reason }: Problem): boolean {
  return status === 0 || status === 502 || status === 503 || status === 504 || reason === 'offset'
}

async function offsetOf(id: string, signal: AbortSignal): Promise<number> {
  return (await ask<Input>(`/api/inputs/${encodeURIComponent(id)}`, { signal })).received
}

async function sendPiece(id: string, file: Blob, offset: number, size: number, signal: AbortSignal): Promise<number> {
  const response = await call(`/api/inputs/${encodeURIComponent(id)}`, {
    method: 'PATCH',
    body: file.slice(offset, offset + size),
    headers: { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) },
    signal,
  })
  return Number(response.headers.get('Upload-Offset') ?? offset + Math.min(size, file.size - offset))
}
