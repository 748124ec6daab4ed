import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useMe } from '../api/session.ts'
import { useDatasets } from '../catalogue/queries.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Button, Head, Notice, useTitle } from '../kit/kit.tsx'
import { type Draft, useApply } from './queries.ts'
import { texts } from './texts.ts'
import './applications.css'

const packs = ['ndb', 'kaigo', 'nanbyo-shoman', 'sacro', 'ehds', 'opensafely', 'abs-datalab', 'us-census-drb']

export default function Apply() {
  const said = usePhrases(texts)
  const text = useText()
  const { user } = useMe()
  const datasets = useDatasets().data?.items ?? []
  const apply = useApply()
  const [, go] = useLocation()
  const [draft, change] = useState<Draft>({ title: '', purpose: '', outputs: '', datasets: [], members: [user.name], rules: 'ndb', reviews: 2, expires: '', visiting: { desktop: true, notebooks: true, clipboardIn: false, software: [] } })
  const [period, setPeriod] = useState({ from: '', to: '' })
  const [members, setMembers] = useState(user.name)
  const [software, setSoftware] = useState('')
  useTitle(said.applyTitle)
  const set = (part: Partial<Draft>) => change((before) => ({ ...before, ...part }))
  const complete = draft.title.trim() && draft.purpose.trim() && draft.outputs.trim() && draft.datasets.length > 0 && draft.expires
  const toggle = (id: string) => set({ datasets: draft.datasets.some(({ dataset }) => dataset === id) ? draft.datasets.filter(({ dataset }) => dataset !== id) : [...draft.datasets, { dataset: id }] })
  const submit = () => {
    const rows = { ...(period.from && { from: period.from }), ...(period.to && { to: period.to }) }
    const whole = { ...draft, members: names(members), visiting: { ...draft.visiting, software: names(software) }, datasets: draft.datasets.map((grant) => ({ ...grant, ...rows })) }
    apply.mutate(whole, { onSuccess: ({ id }) => go(`/applications/${id}`) })
  }
  return (
    <div className="page narrow">
      <Head title={said.applyTitle} lede={said.applyLede} crumbs={<Link href="/applications">{said.title}</Link>} />
      <form className="card body stack apply" onSubmit={(event) => { event.preventDefault(); if (complete) submit() }}>
        <Field label={said.name}><input value={draft.title} onChange={(event) => set({ title: event.target.value })} maxLength={200} /></Field>
        <Field label={said.purpose} hint={said.purposeHint}><textarea value={draft.purpose} onChange={(event) => set({ purpose: event.target.value })} /></Field>
        <Field label={said.outputs} hint={said.outputsHint}><textarea value={draft.outputs} onChange={(event) => set({ outputs: event.target.value })} /></Field>
        <fieldset>
          <legend className="label">{said.datasets}</legend>
          {datasets.map((dataset) => (
            <label key={dataset.id} className="tick"><input type="checkbox" checked={draft.datasets.some(({ dataset: id }) => id === dataset.id)} onChange={() => toggle(dataset.id)} />{text(dataset.title)}</label>
          ))}
        </fieldset>
        <div className="pair">
          <Field label={said.from}><input type="date" value={period.from} onChange={(event) => setPeriod({ ...period, from: event.target.value })} /></Field>
          <Field label={said.to}><input type="date" value={period.to} onChange={(event) => setPeriod({ ...period, to: event.target.value })} /></Field>
        </div>
        <Field label={said.members}><input value={members} onChange={(event) => setMembers(event.target.value)} autoCapitalize="none" spellCheck={false} /></Field>
        <fieldset>
          <legend className="label">{said.visiting}</legend>
          {(['desktop', 'notebooks', 'clipboardIn'] as const).map((way) => (
            <label key={way} className="tick"><input type="checkbox" checked={draft.visiting[way]} onChange={(event) => set({ visiting: { ...draft.visiting, [way]: event.target.checked } })} />{said[way]}</label>
          ))}
          <p className="hint">{said.visitingHint}</p>
        </fieldset>
        <Field label={said.software} hint={said.softwareHint}><input value={software} onChange={(event) => setSoftware(event.target.value)} autoCapitalize="none" spellCheck={false} /></Field>
        <div className="pair three">
          <Field label={said.rules}><select value={draft.rules} onChange={(event) => set({ rules: event.target.value })}>{packs.map((pack) => <option key={pack}>{pack}</option>)}</select></Field>
          <Field label={said.reviews}><select value={draft.reviews} onChange={(event) => set({ reviews: Number(event.target.value) })}><option>1</option><option>2</option></select></Field>
          <Field label={said.expires}><input type="date" value={draft.expires} onChange={(event) => set({ expires: event.target.value })} /></Field>
        </div>
        {apply.error && <Notice tone="red" icon="warn" role="alert" title={apply.error.message}>{(apply.error as { detail?: string }).detail}</Notice>}
        <div className="row"><Button type="submit" look="primary" isDisabled={!complete} isPending={apply.isPending}>{said.submit}</Button>{!complete && <span className="small dim">{said.incomplete}</span>}</div>
      </form>
    </div>
  )
}

const names = (text: string) => text.split(/[,、\s]+/).filter(Boolean)

function Field({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return <label className="field"><span className="label">{label}</span>{children}{hint && <span className="hint">{hint}</span>}</label>
}
