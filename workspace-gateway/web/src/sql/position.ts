type Lines = { lines: number; length: number; line(n: number): { from: number; to: number } }

/** The engine counts lines and columns from 1; a place beyond the text becomes the nearest one in it. */
export function offset(text: Lines, line: number, column: number): number {
  const at = text.line(Math.max(1, Math.min(line, text.lines)))
  return Math.max(at.from, Math.min(at.from + column - 1, at.to))
}
