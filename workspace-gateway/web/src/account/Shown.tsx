import { useEffect } from 'react'
import { useSearch } from 'wouter'
import { tellShown } from '../api/session.ts'
import { usePhrases } from '../i18n/language.tsx'
import { Empty, useTitle } from '../kit/kit.tsx'
import { refused } from '../signin/texts.ts'
import { stepUp } from './texts.ts'

/** Where the identity provider sends the window that it was shown in, whatever came of it. */
export default function Shown() {
  const said = usePhrases(stepUp)
  const refusals = usePhrases(refused)
  const why = new URLSearchParams(useSearch()).get('refused')
  useTitle(why ? said.refusedTitle : said.shownTitle)
  useEffect(() => tellShown(why), [why])
  if (why) return <Empty icon="warn" title={said.refusedTitle}><span role="alert">{refusals[why as keyof typeof refused] ?? refusals.token}</span> {said.refused}</Empty>
  return <Empty icon="check" title={said.shownTitle}>{said.shown}</Empty>
}
