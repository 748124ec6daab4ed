import { useQuery } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import type { OutputFile } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Notice } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { NotebookPreview } from './NotebookPreview.tsx'
import { texts } from './texts.ts'

/** A file that is no table, as it would leave: text as text, pictures as the checker drew them anew. */
export function FilePreview({ id, file }: { id: string; file: OutputFile }) {
  const said = usePhrases(texts)
  const path = `/api/outputs/${encodeURIComponent(id)}/files/${encodeURIComponent(file.name)}`
  return (
    <section className="card">
      <header><h2>{file.name}</h2></header>
      <div className="body">
        {file.type?.startsWith('image/') ? <img className="preview" src={path} alt={file.name} /> : isText(file) ? <Text path={path} file={file} /> : <Notice tone="grey" icon="info">{said.noPreview}</Notice>}
      </div>
    </section>
  )
}

const isNotebook = ({ name, type }: OutputFile) => type === 'application/x-ipynb+json' || name.endsWith('.ipynb')
const isText = (file: OutputFile) => isNotebook(file) || file.type?.startsWith('text/') || file.type === 'application/json'

function Text({ path, file }: { path: string; file: OutputFile }) {
  const text = useQuery({
    queryKey: ['preview', path],
    queryFn: async () => (await call(path, { accept: '*/*' })).text(),
    staleTime: Number.POSITIVE_INFINITY, // every look is a log entry
  })
  return <Loaded from={text} bones={6}>{(found) => (isNotebook(file) ? <NotebookPreview text={found} /> : <pre className="preview">{found}</pre>)}</Loaded>
}
