import { useState } from 'react'
import { Form, Heading } from 'react-aria-components'
import { Problem } from '../api/client.ts'
import { has, useMe } from '../api/session.ts'
import type { Person, Role, Training } from '../api/types.ts'
import { roles as roleTexts } from '../app/texts.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Button, Notice } from '../kit/kit.tsx'
import { usePropose, useSuspend, useTrain } from './queries.ts'
import { texts } from './texts.ts'

const everyRole: Role[] = ['researcher', 'analyst', 'checker', 'security', 'steward', 'reviewer', 'admin']
const everyTraining: Training[] = ['data-protection', 'output-checking']

export function PersonPanel({ person, onClose }: { person: Person; onClose(): void }) {
  const said = usePhrases(texts)
  const me = useMe()
  const propose = usePropose()
  const suspend = useSuspend()
  const train = useTrain()
  const own = me.user.id === person.id
  const runs = has(me, 'admin')
  const problem = propose.error ?? suspend.error ?? train.error
  return (
    <>
      <Heading slot="title" level={2}>{person.displayName} <code className="dim small">{person.name}</code></Heading>
      {problem && <Notice tone="red" icon="warn" role="alert" title={problem.message}>{problem instanceof Problem && problem.detail}</Notice>}
      {propose.data?.state === 'open' && <Notice tone="green" icon="check" role="status">{said.proposed}</Notice>}
      {own && <p className="soft">{said.own}</p>}
      {!own && runs && <Roles held={person.roles} busy={propose.isPending} onPropose={(roles) => propose.mutate({ id: person.id, kind: 'roles', roles })} />}
      {!own && runs && <Trainings person={person} busy={train.isPending} onRecord={(training, until) => train.mutate({ id: person.id, training, until })} />}
      {!own && (
        <div className="row between">
          {person.active ? (
            <Confirm title={said.suspendTitle(person.displayName)} act={said.suspend} onAct={() => suspend.mutate(person.id)} trigger={<Button look="danger" icon="lock">{said.suspend}</Button>}>
              <p>{said.suspendWhat}</p>
            </Confirm>
          ) : runs && <Button icon="play" onPress={() => propose.mutate({ id: person.id, kind: 'reinstate' })}>{said.reinstate}</Button>}
          {runs && (
            <Confirm title={said.resetTitle(person.displayName)} act={said.reset} onAct={() => propose.mutate({ id: person.id, kind: 'reset' })} trigger={<Button icon="turn">{said.reset}</Button>}>
              <p>{said.resetWhat}</p>
            </Confirm>
          )}
        </div>
      )}
      <div className="row"><Button onPress={onClose}>{said.close}</Button></div>
    </>
  )
}

function Roles({ held, busy, onPropose }: { held: Role[]; busy: boolean; onPropose(roles: Role[]): void }) {
  const said = usePhrases(texts)
  const names = usePhrases(roleTexts)
  const [chosen, choose] = useState(new Set(held))
  const same = chosen.size === held.length && held.every((role) => chosen.has(role))
  const turn = (role: Role, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(role)
    else next.delete(role)
    choose(next)
  }
  return (
    <fieldset className="stack tight roles">
      <legend className="label">{said.roles}</legend>
      <div className="ticks">
        {everyRole.map((role) => (
          <label className="tick" key={role}>
            <input type="checkbox" checked={chosen.has(role)} onChange={(event) => turn(role, event.target.checked)} />
            {names[role]}
          </label>
        ))}
      </div>
      <p className="small dim">{said.rolesWhat}</p>
      <div className="row"><Button look="primary" isDisabled={same} isPending={busy} onPress={() => onPropose(everyRole.filter((role) => chosen.has(role)))}>{said.proposeRoles}</Button></div>
    </fieldset>
  )
}

function Trainings({ person, busy, onRecord }: { person: Person; busy: boolean; onRecord(training: Training, until: string): void }) {
  const said = usePhrases(texts)
  return (
    <fieldset className="stack tight roles">
      <legend className="label">{said.trainings}</legend>
      {everyTraining.map((training) => (
        <One key={training} label={said[training]} until={person.trainings.find((one) => one.training === training)?.until} busy={busy} onRecord={(until) => onRecord(training, until)} />
      ))}
    </fieldset>
  )
}

function One({ label, until, busy, onRecord }: { label: string; until: string | undefined; busy: boolean; onRecord(until: string): void }) {
  const said = usePhrases(texts)
  const [day, choose] = useState(until ? lastDay(until) : '')
  return (
    <Form className="row" onSubmit={(event) => { event.preventDefault(); onRecord(day) }}>
      <label className="grow row between">
        <span>{label}</span>
        <span className="row"><span className="small dim">{said.trainedUntil}</span><input type="date" className="input day" aria-label={`${label}: ${said.trainedUntil}`} value={day} onChange={(event) => choose(event.target.value)} required /></span>
      </label>
      <Button type="submit" small isPending={busy}>{said.record}</Button>
    </Form>
  )
}

/** The end of a day, UTC, is kept as the first moment of the next one. */
export function lastDay(until: string): string {
  return new Date(Date.parse(until) - 1).toISOString().slice(0, 10)
}
