import jsQR from 'jsqr'
import { describe, expect, it } from 'vitest'
import { qr } from './qr.ts'

/** What a camera sees of the path: four pixels a unit, black on white. */
function seen({ size, path }: { size: number; path: string }) {
  const scale = 4
  const wide = size * scale
  const pixels = new Uint8ClampedArray(wide * wide * 4).fill(255)
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let row = 0; row < scale; row++)
      for (let column = 0; column < Number(run) * scale; column++) {
        const at = ((Number(y) * scale + row) * wide + Number(x) * scale + column) * 4
        pixels.fill(0, at, at + 3)
      }
  return { pixels, wide }
}

describe('the QR code', () => {
  it('says what was put in', () => {
    const uri = 'otpauth://totp/Sekisho:hanako?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sekisho'
    const { pixels, wide } = seen(qr(uri))
    expect(jsQR(pixels, wide, wide)?.data).toBe(uri)
  })
})
