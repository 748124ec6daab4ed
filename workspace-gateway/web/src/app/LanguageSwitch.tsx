import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { usePhrases, useSpoken } from '../i18n/language.tsx'
import type { Language } from '../i18n/phrases.ts'
import { texts } from './texts.ts'

export function LanguageSwitch() {
  const { language, choose } = useSpoken()
  const said = usePhrases(texts)
  return (
    <ToggleButtonGroup
      className="switch"
      aria-label={said.language}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[language]}
      onSelectionChange={(keys) => choose([...keys][0] as Language)}
    >
      <ToggleButton id="ja" className=""><span lang="ja">日本語</span></ToggleButton>
      <ToggleButton id="en" className=""><span lang="en">English</span></ToggleButton>
    </ToggleButtonGroup>
  )
}
