import { useState } from 'react'
import type { Invitation } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Button, Notice, Time } from '../kit/kit.tsx'
import { texts } from './texts.ts'

/** The code stands behind the #, which browsers send to nobody. */
export const address = (code: string, at: Pick<Location, 'origin'> = location) => `${at.origin}/invitation#${code}`

export function FreshInvitation({ name, invitation, onDone }: { name: string; invitation: Invitation; onDone(): void }) {
  const said = usePhrases(texts)
  const [copied, mark] = useState(false)
  const link = address(invitation.code)
  return (
    <Notice tone="accent" icon="key" title={said.invitationTitle(name)} role="status">
      <span>{said.invitationWhat}</span>
      <code data-invitation>{link}</code>
      <span className="small dim">{said.invitedUntil} <Time at={invitation.until} style="date" /></span>
      <span className="row">
        <Button small icon={copied ? 'check' : 'copy'} onPress={() => void navigator.clipboard?.writeText(link).then(() => mark(true))}>{copied ? said.copied : said.copy}</Button>
        <Button small look="primary" onPress={onDone}>{said.done}</Button>
      </span>
    </Notice>
  )
}
