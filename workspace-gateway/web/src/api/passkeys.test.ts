import { describe, expect, it } from 'vitest'
import { named, obstacle, toBytes, toText } from './passkeys.ts'

describe('base64url', () => {
  it('comes back as it went', () => {
    for (let length = 0; length < 9; length++) {
      const bytes = Uint8Array.from({ length }, (_, at) => 250 + at)
      expect(toBytes(toText(bytes.buffer))).toEqual(bytes)
    }
    expect(toText(Uint8Array.of(0xfb, 0xff, 0xfe).buffer)).toBe('-__-')
  })
})

describe('passkeys', () => {
  it.each([
    ['127.0.0.1', true, true, 'numbers'],
    ['[::1]', true, true, 'numbers'],
    ['192.0.2.7', true, true, 'numbers'],
    ['tre.example', false, true, 'insecure'],
    ['tre.example', true, false, 'browser'],
    ['tre.example', true, true, undefined],
    ['localhost', true, true, undefined],
  ])('at %s (secure %s, offered %s): %s', (hostname, secure, offered, expected) => expect(obstacle({ hostname }, secure, offered)).toBe(expected))
  it('lead from the number of this machine to its name', () => {
    const at = (hostname: string, port: string) => named({ protocol: 'http:', hostname, port, pathname: '/account' } as Location)
    expect(at('127.0.0.1', '8080')).toBe('http://localhost:8080/account')
    expect(at('127.0.0.1', '')).toBe('http://localhost/account')
    expect(at('192.0.2.7', '8080')).toBeUndefined()
  })
})
