import { useState } from 'react'
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay, Popover } from 'react-aria-components'
import { Link } from 'wouter'
import type { Workspace } from '../api/types.ts'
import { usePhrases, useText } from '../i18n/language.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Button, Notice } from '../kit/kit.tsx'
import { usePermit } from '../projects/queries.ts'
import { TimeLeft } from '../projects/TimeLeft.tsx'
import { useEnd, useLock } from './queries.ts'
import { texts } from './texts.ts'

type Props = { workspace: Workspace; usable: boolean; onPaste(text: string): boolean; onDone(): void }

/** Discreet: which project, how long, that it is recorded; lock and end. */
export function Bar({ workspace, usable, onPaste, onDone }: Props) {
  const said = usePhrases(texts)
  const text = useText()
  const permit = usePermit(workspace.project).data
  const lock = useLock(workspace.id)
  const end = useEnd(workspace.id)
  return (
    <header className="desktop-bar">
      <Link href="/workspaces" className="button quiet small" aria-label={said.back} title={said.back}><Icon name="back" /></Link>
      <strong className="name">{text(permit?.title) || workspace.project}</strong>
      {workspace.expires && <span className="soft small left"><TimeLeft until={workspace.expires} /></span>}
      {workspace.recorded && <span className="recorded" title={said.recordedWhat}><i aria-hidden="true" />{said.recorded}</span>}
      <span className="grow" />
      <DialogTrigger>
        <Button look="quiet" small icon="keyboard" aria-label={said.keyboard} />
        <Popover className="pop hint" placement="bottom end"><Dialog aria-label={said.keyboard}><p>{said.keyboardHint}</p></Dialog></Popover>
      </DialogTrigger>
      {workspace.clipboardIn && <Paste onPaste={onPaste} usable={usable} />}
      <Button look="quiet" small icon="lock" isDisabled={!usable} isPending={lock.isPending} onPress={() => lock.mutate()}>{said.lock}</Button>
      <Confirm title={said.endTitle} act={said.end} keep={said.keep} onAct={() => end.mutate(undefined, { onSuccess: onDone })} trigger={<Button look="quiet" small icon="stop" isPending={end.isPending}>{said.end}</Button>}>{said.endWhat}</Confirm>
    </header>
  )
}

function Paste({ onPaste, usable }: { onPaste(text: string): boolean; usable: boolean }) {
  const said = usePhrases(texts)
  const [text, write] = useState('')
  const [told, tell] = useState<'sent' | 'long' | null>(null)
  return (
    <DialogTrigger onOpenChange={() => { write(''); tell(null) }}>
      <Button look="quiet" small icon="copy" isDisabled={!usable}>{said.paste}</Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal className="dialog">
          <Dialog>
            {({ close }) => (
              <form onSubmit={(event) => { event.preventDefault(); tell(onPaste(text) ? 'sent' : 'long') }}>
                <Heading slot="title" level={2}>{said.paste}</Heading>
                <p className="soft">{said.pasteHint}</p>
                <label className="field"><span className="label">{said.pasteLabel}</span><textarea autoFocus rows={6} value={text} onChange={(event) => write(event.target.value)} /></label>
                {told && <Notice role="status" tone={told === 'sent' ? 'green' : 'amber'} icon={told === 'sent' ? 'check' : 'warn'}>{told === 'sent' ? said.pasteSent : said.pasteTooLong}</Notice>}
                <div className="row"><Button onPress={close}>{said.close}</Button><Button type="submit" look="primary" isDisabled={!text}>{said.pasteSend}</Button></div>
              </form>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
