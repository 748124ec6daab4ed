import { Input, Label, Text, TextField } from 'react-aria-components'
import { usePhrases } from '../i18n/language.tsx'
import { texts } from './texts.ts'

/** Asked for before a way to sign in is added: at a browser that was left alone anybody could add theirs. */
export function OwnPassword({ value, onChange }: { value: string; onChange(value: string): void }) {
  const said = usePhrases(texts)
  return (
    <TextField className="field" type="password" value={value} onChange={onChange} autoComplete="current-password" isRequired>
      <Label>{said.oldPassword}</Label>
      <Input />
      <Text slot="description" className="hint">{said.oldPasswordWhy}</Text>
    </TextField>
  )
}
