import { afterEach, describe, expect, it, vi } from 'vitest'
import { hash, nextSize, pause, send } from './upload.ts'

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(body === null ? null : JSON.stringify(body), { status, headers })

/** A gateway in a few lines: counts pieces by their offset, and fails as told. */
function gateway(size: number, failures: (() => Response | Error | undefined)[]) {
  const received = new Uint8Array(size)
  let count = 0
  const pieces: [number, number][] = []
  vi.stubGlobal('fetch', async (_path: string, { method, body, headers }: { method: string; body?: Blob; headers: Record<string, string> }) => {
    const failure = failures.shift()?.()
    if (failure instanceof Error) throw failure
    if (failure) return failure
    if (method === 'GET') return json(200, { received: count })
    const offset = Number(headers['Upload-Offset'])
    if (offset !== count) return json(409, { type: 'urn:sekisho:offset', title: 'elsewhere' })
    const bytes = new Uint8Array(await body!.arrayBuffer())
    received.set(bytes, offset)
    count += bytes.length
    pieces.push([offset, bytes.length])
    return new Response(null, { status: 204, headers: { 'Upload-Offset': String(count) } })
  })
  return { received, pieces, count: () => count }
}

const bytes = (size: number) => Uint8Array.from({ length: size }, (_, at) => (at * 31) % 251)
const atOnce = () => Promise.resolve()
const fine = () => undefined

describe('an upload', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('sends every byte once, in pieces that grow while they are quick', async () => {
    const file = bytes(3_000_000)
    const { received, pieces } = gateway(file.length, [])
    await send('a', new Blob([file]), atOnce)
    expect(Buffer.compare(received, file)).toBe(0)
    expect(pieces[0]).toEqual([0, 262_144])
    expect(pieces[1]![1]).toBe(524_288)
  })

  it('goes on after a lost connection, a lost answer and a restart', async () => {
    const file = bytes(1_500_000)
    const { received, count } = gateway(file.length, [fine, fine, () => new Error('gone'), () => new Error('gone'), fine, () => json(503, { type: 'urn:sekisho:busy', title: '' }), fine, fine])
    await send('b', new Blob([file]), atOnce)
    expect(count()).toBe(file.length)
    expect(Buffer.compare(received, file)).toBe(0)
  })

  it('stops where nothing can be mended', async () => {
    const { count } = gateway(1_000_000, [fine, fine, () => json(403, { type: 'urn:sekisho:permit-expired', title: 'over' })])
    await send('c', new Blob([bytes(1_000_000)]), atOnce)
    expect(count()).toBe(262_144)
  })

  it('waits longer each time, and never long', () => {
    expect([0, 1, 2, 3, 9].map(pause)).toEqual([0.5, 1, 2, 4, 20])
  })

  it.each([[100, 524_288], [2000, 262_144], [9000, 262_144]])('after %d ms the next piece has %d bytes', (took, size) => expect(nextSize(262_144, took)).toBe(size))

  it('knows the hash of a file', async () => {
    expect(await hash(new Blob(['abc']))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
