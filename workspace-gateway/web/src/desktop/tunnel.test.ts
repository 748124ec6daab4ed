import { describe, expect, it, vi } from 'vitest'

vi.stubGlobal('location', { origin: 'https://sekisho.example' })
vi.mock('guacamole-common-js', () => ({ default: {} }))
const { addressOf, element } = await import('./tunnel.ts')

describe('the line', () => {
  it('counts code points, not halves of them', () => {
    expect(element('key')).toBe('3.key')
    expect(element('')).toBe('0.')
    expect(element('日本')).toBe('2.日本')
    expect(element('😀')).toBe('1.😀')
    expect(element(65293)).toBe('5.65293')
  })
  it('goes where the page came from and asks for nothing but a screen', () => {
    const asked = new URL(addressOf('w-1', { width: 1280, height: 800 }, false))
    expect(asked.protocol).toBe('wss:')
    expect(asked.pathname).toBe('/api/workspaces/w-1/desktop')
    expect([...asked.searchParams.keys()].sort()).toEqual(['dpi', 'height', 'timezone', 'width', 'window'])
    expect(new URL(addressOf('../x', { width: 1, height: 1 }, true)).pathname).toBe('/api/workspaces/..%2Fx/desktop')
  })
})
