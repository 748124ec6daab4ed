import { usePhrases } from '../i18n/language.tsx'
import { texts } from './texts.ts'

/** In which zone the times of this page are told: who compares them with another log needs to know. */
export function Zone() {
  const said = usePhrases(texts)
  return <>{said.zone(Intl.DateTimeFormat().resolvedOptions().timeZone)}</>
}
