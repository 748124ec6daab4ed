import { useMemo } from 'react'
import { usePhrases } from '../i18n/language.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Notice } from '../kit/kit.tsx'
import { read, type Shown } from './notebook.ts'
import { texts } from './texts.ts'

/** Every cell with every output. Text is text, whatever it looks like; nothing is fetched and nothing is run. */
export function NotebookPreview({ text }: { text: string }) {
  const said = usePhrases(texts)
  const cells = useMemo(() => read(text), [text])
  if (!cells) return <Notice tone="amber" icon="warn">{said.noPreview}</Notice>
  return (
    <ol className="notebook">
      {cells.map((cell, at) => (
        <li key={at} data-kind={cell.kind}>
          <span className="small dim">{cell.number === null ? '' : said.cell(cell.number)}</span>
          <pre className="source">{cell.source}</pre>
          {cell.shown.map((shown, place) => <One key={place} shown={shown} />)}
        </li>
      ))}
    </ol>
  )
}

function One({ shown }: { shown: Shown }) {
  const said = usePhrases(texts)
  switch (shown.kind) {
    case 'text': return <pre className="shown">{shown.text}</pre>
    case 'error': return <pre className="shown bad">{shown.text}</pre>
    case 'picture': return <img className="shown" src={shown.source} alt={said.picture} />
    case 'other': return <p className="small dim row"><Icon name="info" size={13} />{said.notShown(shown.type)}</p>
  }
}
