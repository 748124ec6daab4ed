import { usePhrases } from '../i18n/language.tsx'
import { Empty, useTitle } from '../kit/kit.tsx'
import { stepUp } from './texts.ts'

/** Where the identity provider sends the window that it was shown in. */
export default function Shown() {
  const said = usePhrases(stepUp)
  useTitle(said.shownTitle)
  return <Empty icon="check" title={said.shownTitle}>{said.shown}</Empty>
}
