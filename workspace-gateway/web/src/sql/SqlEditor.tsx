import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { sql, type SQLNamespace } from '@codemirror/lang-sql'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState, Prec } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react'
import type { JobError, Table } from '../api/types.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { dialect } from './dialect.ts'
import { colours, look } from './look.ts'
import { offset } from './position.ts'
import { texts } from './texts.ts'

export type EditorHandle = { focus(): void; replace(sql: string): void; insert(word: string): void; go(line: number, column: number): void }
type Props = { ref?: Ref<EditorHandle>; value: string; onChange(value: string): void; onRun(): void; tables: Table[]; error: JobError | null }

const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''

/** CodeMirror with the project's tables for completion. An error is marked where the engine says it is. */
export function SqlEditor({ ref, value, onChange, onRun, tables, error }: Props) {
  const said = usePhrases(texts)
  const text = useText()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const language = useRef(new Compartment())
  const words = useRef(new Compartment())
  const acts = useRef({ onChange, onRun })
  acts.current = { onChange, onRun }
  const hint = useId()

  useEffect(() => {
    const editor = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(nonce),
          Prec.highest(keymap.of([{ key: 'Mod-Enter', run: (editor) => {
            closeCompletion(editor)
            acts.current.onRun()
            return true
          } }])),
          lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(), lintGutter(),
          autocompletion({ icons: false }),
          language.current.of(sql({ dialect })),
          words.current.of([]),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, indentWithTab]),
          syntaxHighlighting(colours), look, EditorView.lineWrapping,
          EditorView.updateListener.of((update) => { if (update.docChanged) acts.current.onChange(update.state.doc.toString()) }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
    // The editor owns its text; `value` is only where it starts.
  }, [])

  useEffect(() => {
    view.current?.dispatch({ effects: words.current.reconfigure([placeholder(said.placeholder), EditorView.contentAttributes.of({ 'aria-label': said.editor, 'aria-describedby': hint })]) })
  }, [said, hint])

  useEffect(() => {
    const schema: SQLNamespace = Object.fromEntries(
      tables.map(({ name, columns }) => [name, columns.map((column) => ({ label: column.name, detail: column.type, info: text(column.description) || undefined }))]),
    )
    view.current?.dispatch({ effects: language.current.reconfigure(sql({ dialect, schema })) })
  }, [tables, text])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    editor.dispatch(setDiagnostics(editor.state, error ? [diagnostic(editor.state, error)] : []))
  }, [error])

  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    replace(sql) {
      const editor = view.current
      editor?.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: sql } })
    },
    insert(word) {
      const editor = view.current
      if (!editor) return
      editor.dispatch(editor.state.replaceSelection(word))
      editor.focus()
    },
    go(line, column) {
      const editor = view.current
      if (!editor) return
      editor.dispatch({ selection: { anchor: offset(editor.state.doc, line, column) }, scrollIntoView: true })
      editor.focus()
    },
  }))

  return (
    <>
      <div ref={place} className="editor" />
      <span id={hint} className="unseen">{said.escape}</span>
    </>
  )
}

function diagnostic(state: EditorState, { line, column, message }: JobError): Diagnostic {
  if (!line) return { from: 0, to: state.doc.length, severity: 'error', message }
  const from = offset(state.doc, line, column ?? 1)
  const word = state.wordAt(from)
  return { from, to: word?.to ?? Math.min(from + 1, state.doc.length), severity: 'error', message }
}
