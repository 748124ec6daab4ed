/** One thing that a cell shows. Whatever is neither text nor a picture is named, and not shown. */
export type Shown = { kind: 'text'; text: string } | { kind: 'error'; text: string } | { kind: 'picture'; source: string } | { kind: 'other'; type: string }
export type NotebookCell = { kind: 'code' | 'markdown' | 'raw'; number: number | null; source: string; shown: Shown[] }

type Json = Record<string, unknown>
const pictures = ['image/png', 'image/jpeg']
const base64 = /^[A-Za-z0-9+/=\s]+$/

/** The cells of an .ipynb, or null when it is none. Nothing of it is trusted: what comes out is text and base64. */
export function read(text: string): NotebookCell[] | null {
  const document = parse(text)
  if (!document || !Array.isArray(document.cells)) return null
  let number = 0
  return document.cells.filter(isObject).map((cell) => {
    const kind = cell.cell_type === 'code' ? 'code' : cell.cell_type === 'markdown' ? 'markdown' : 'raw'
    const outputs = kind === 'code' && Array.isArray(cell.outputs) ? cell.outputs.filter(isObject) : []
    return { kind, number: kind === 'code' ? ++number : null, source: joined(cell.source), shown: outputs.flatMap(shown) }
  })
}

function shown(output: Json): Shown[] {
  if (output.output_type === 'stream') return [{ kind: 'text', text: joined(output.text) }]
  if (output.output_type === 'error') return [{ kind: 'error', text: [joined(output.ename), joined(output.evalue)].filter(Boolean).join(': ') }]
  const data = isObject(output.data) ? output.data : {}
  const picture = pictures.find((type) => base64.test(joined(data[type])))
  if (picture) return [{ kind: 'picture', source: `data:${picture};base64,${joined(data[picture]).replace(/\s/g, '')}` }]
  if ('text/plain' in data) return [{ kind: 'text', text: joined(data['text/plain']) }]
  return Object.keys(data).map((type) => ({ kind: 'other', type }))
}

function parse(text: string): Json | null {
  try {
    const document: unknown = JSON.parse(text)
    return isObject(document) ? document : null
  } catch {
    return null
  }
}

function joined(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : ''
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
