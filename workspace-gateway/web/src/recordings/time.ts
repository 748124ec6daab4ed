/** 0:07, 12:05, 1:02:33. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const [hours, minutes, rest] = parts as [number, number, number]
  const two = (n: number) => String(n).padStart(2, '0')
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

export const speeds = [1, 2, 4, 8, 16] as const

/** Where a recording that plays faster than it was made should stand after so much time of the viewer's. */
export function placeAt(from: number, passed: number, speed: number, duration: number): number {
  return Math.min(duration, from + passed * speed)
}
