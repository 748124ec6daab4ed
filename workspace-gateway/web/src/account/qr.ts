import { encode } from 'uqr'

/** A QR code as the path of an SVG of `size` by `size` units, with the quiet zone of four that readers want. */
export function qr(text: string): { size: number; path: string } {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const runs = data.flatMap((row, y) => [...row.map((dark) => (dark ? '1' : '0')).join('').matchAll(/1+/g)].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`))
  return { size, path: runs.join('') }
}
