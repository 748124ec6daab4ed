import { usePhrases } from '../i18n/language.tsx'
import { Empty, LinkButton, useTitle } from '../kit/kit.tsx'
import { texts } from './texts.ts'

export function Missing() {
  const said = usePhrases(texts)
  useTitle(said.lostTitle)
  return (
    <Empty icon="gate" title={said.lostTitle} act={<LinkButton to="/" look="primary">{said.goHome}</LinkButton>}>
      {said.lost}
    </Empty>
  )
}
