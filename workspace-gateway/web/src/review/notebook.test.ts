import { describe, expect, it } from 'vitest'
import { form } from '../notebooks/queries.ts'
import { read } from './notebook.ts'

const notebook = (outputs: unknown[]) => JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'markdown', source: '# <b>Title</b>' }, { cell_type: 'code', source: ['a\n', 'b'], outputs }] })

describe('a notebook under review', () => {
  it('numbers its cells with code and joins their lines', () => {
    const cells = read(notebook([]))!
    expect(cells.map(({ number }) => number)).toEqual([null, 1])
    expect(cells[1]!.source).toBe('a\nb')
  })
  it('shows text and pictures', () => {
    const [, cell] = read(notebook([
      { output_type: 'stream', name: 'stdout', text: ['1\n', '2'] },
      { output_type: 'display_data', data: { 'image/png': 'aGk=\n', 'text/plain': '<Figure>' } },
      { output_type: 'execute_result', data: { 'text/plain': '42' } },
    ]))!
    expect(cell!.shown).toEqual([{ kind: 'text', text: '1\n2' }, { kind: 'picture', source: 'data:image/png;base64,aGk=' }, { kind: 'text', text: '42' }])
  })
  it('names what it does not show', () => {
    const [, cell] = read(notebook([{ output_type: 'display_data', data: { 'text/html': '<script>alert(1)</script>', 'image/svg+xml': '<svg/>' } }]))!
    expect(cell!.shown).toEqual([{ kind: 'other', type: 'text/html' }, { kind: 'other', type: 'image/svg+xml' }])
  })
  it('takes no address for a picture', () => {
    const [, cell] = read(notebook([{ output_type: 'display_data', data: { 'image/png': 'https://elsewhere.example/x.png', 'text/plain': 'x' } }]))!
    expect(cell!.shown).toEqual([{ kind: 'text', text: 'x' }])
  })
  it('bears whatever is no notebook', () => {
    for (const text of ['', 'null', '[]', '{}', '{"cells":7}']) expect(read(text)).toBeNull()
    expect(read('{"cells":[null,7,{"cell_type":"code","outputs":[null,{"data":[]}]}]}')).toHaveLength(1)
  })
})

describe('a notebook that is sent', () => {
  it('has the fields that the gateway takes and no other', () => {
    const fields = form({ file: new File(['{}'], 'a.ipynb'), title: ' ', context: ' why ', image: '' })
    expect([...fields.keys()]).toEqual(['kind', 'context', 'notebook'])
    expect(fields.get('context')).toBe('why')
  })
  it('names the image that was chosen', () => {
    const fields = form({ file: new File(['{}'], 'a.ipynb'), title: '', context: '', image: 'oncology_1.0' })
    expect(fields.get('image')).toBe('oncology_1.0')
  })
})
