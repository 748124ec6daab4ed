import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { Finding, OutputFile } from '../api/types.ts'
import { usePhrases } from '../i18n/language.tsx'
import { texts } from './texts.ts'

type Props = { files: OutputFile[]; findings: Finding[]; chosen: string | undefined; onChoose(name: string): void }

/** Which of several files is looked at; how many findings speak of each. */
export function FileSwitch({ files, findings, chosen, onChoose }: Props) {
  const said = usePhrases(texts)
  if (files.length < 2) return null
  return (
    <ToggleButtonGroup className="switch files" aria-label={said.files} selectionMode="single" disallowEmptySelection selectedKeys={chosen ? [chosen] : []} onSelectionChange={(keys) => onChoose(String([...keys][0]))}>
      {files.map(({ name }) => {
        const count = findings.filter(({ file, severity }) => file === name && severity !== 'info').length
        return <ToggleButton key={name} id={name}>{name}{count > 0 && <span className="count"> {count}</span>}</ToggleButton>
      })}
    </ToggleButtonGroup>
  )
}
