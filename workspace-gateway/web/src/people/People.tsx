import { useState } from 'react'
import { Dialog, DialogTrigger, Form, Heading, Input, Label, Modal, ModalOverlay, Text, TextField } from 'react-aria-components'
import { Problem } from '../api/client.ts'
import { has, useMe } from '../api/session.ts'
import type { Invitation, Person } from '../api/types.ts'
import { roles as roleTexts } from '../app/texts.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Button, Chip, Head, Notice, Time, useTitle } from '../kit/kit.tsx'
import { Loaded } from '../kit/Loaded.tsx'
import { FreshInvitation } from './FreshInvitation.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { useChanges, useInvite, usePeople } from './queries.ts'
import { texts } from './texts.ts'
import { Waiting } from './Waiting.tsx'
import './people.css'

export default function People() {
  const said = usePhrases(texts)
  const people = usePeople()
  const changes = useChanges()
  const runs = has(useMe(), 'admin')
  const [handed, hand] = useState<{ name: string; invitation: Invitation }>()
  useTitle(said.title)
  return (
    <div className="page">
      <Head title={said.title} lede={people.data && said.lede(people.data.items.length, changes.data?.items.length ?? 0)}>
        {runs && <Invite onInvited={hand} />}
      </Head>
      {handed && <FreshInvitation {...handed} onDone={() => hand(undefined)} />}
      <Waiting all={false} />
      <Loaded from={people}>
        {({ items }) => (
          <section className="card">
            <ul className="rows people">{items.map((person) => <Line key={person.id} person={person} />)}</ul>
          </section>
        )}
      </Loaded>
    </div>
  )
}

function Line({ person }: { person: Person }) {
  const said = usePhrases(texts)
  const roleNames = usePhrases(roleTexts)
  const factors = person.factors.filter((factor) => factor !== 'recovery-code')
  return (
    <li>
      <div className="line" data-person={person.name}>
        <span className="title">
          {person.displayName} <code className="dim">{person.name}</code>
          {!person.active && <> <Chip tone="red" icon="lock">{said.suspended}</Chip></>}
        </span>
        <DialogTrigger>
          <Button small aria-label={said.editOf(person.name)}>{said.edit}</Button>
          <ModalOverlay className="veil" isDismissable>
            <Modal className="dialog">
              <Dialog>{({ close }) => <PersonPanel person={person} onClose={close} />}</Dialog>
            </Modal>
          </ModalOverlay>
        </DialogTrigger>
        <span className="under">
          {person.roles.length ? person.roles.map((role) => <Chip key={role} tone={person.lapsed.includes(role) ? 'amber' : 'accent'} icon={person.lapsed.includes(role) ? 'warn' : undefined}>{roleNames[role]}{person.lapsed.includes(role) && ` (${said.lapsed})`}</Chip>) : <span>{said.noRole}</span>}
          <span>{said.factors}: {factors.length ? factors.map((factor) => said[factor as 'totp' | 'passkey']).join(', ') : said.none}</span>
          {person.trainings.map(({ training, until }) => <span key={training}>{said[training]} {said.until} <Time at={until} style="date" /></span>)}
          {person.invitedUntil && <span>{said.invitedUntil} <Time at={person.invitedUntil} style="date" /></span>}
        </span>
      </div>
    </li>
  )
}

function Invite({ onInvited }: { onInvited(handed: { name: string; invitation: Invitation }): void }) {
  const said = usePhrases(texts)
  const invite = useInvite()
  const [name, call] = useState('')
  const [displayName, show] = useState('')
  return (
    <DialogTrigger>
      <Button look="primary" icon="people">{said.invite}</Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal className="dialog">
          <Dialog>
            {({ close }) => (
              <Form
                className="stack"
                onSubmit={(event) => {
                  event.preventDefault()
                  invite.mutate({ name, displayName }, { onSuccess: ({ account, invitation }) => { onInvited({ name: account.displayName, invitation }); call(''); show(''); close() } })
                }}
              >
                <Heading slot="title" level={2}>{said.invite}</Heading>
                {invite.error && <Notice tone="red" icon="warn" role="alert" title={invite.error.message}>{invite.error instanceof Problem && invite.error.detail}</Notice>}
                <TextField className="field" value={displayName} onChange={show} maxLength={100} isRequired autoFocus>
                  <Label>{said.displayName}</Label>
                  <Input />
                </TextField>
                <TextField className="field" value={name} onChange={call} pattern="[a-z0-9][a-z0-9._\-]{0,63}" isRequired>
                  <Label>{said.name}</Label>
                  <Input autoCapitalize="none" spellCheck={false} />
                  <Text slot="description" className="hint">{said.nameHint}</Text>
                </TextField>
                <div className="row">
                  <Button onPress={close}>{said.close}</Button>
                  <Button look="primary" type="submit" isPending={invite.isPending}>{said.send}</Button>
                </div>
              </Form>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
