import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { speak } from '../api/client.ts'
import { formatIn, type Format } from './format.ts'
import { inLanguage, type Language, type Phrases, preferred, say, type Said, type Text } from './phrases.ts'

const remembered = 'sekisho.language'
type Spoken = { language: Language; choose(language: Language): void; format: Format }
const Context = createContext<Spoken | null>(null)

function first(): Language {
  const stored = localStorage.getItem(remembered)
  return stored === 'ja' || stored === 'en' ? stored : preferred(navigator.languages)
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, turn] = useState<Language>(first)
  const choose = useCallback((next: Language) => {
    localStorage.setItem(remembered, next)
    turn(next)
  }, [])
  speak(language)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const spoken = useMemo(() => ({ language, choose, format: formatIn(language) }), [language, choose])
  return (
    <I18nProvider locale={language === 'ja' ? 'ja-JP' : 'en-GB'}>
      <Context value={spoken}>{children}</Context>
    </I18nProvider>
  )
}

export function useSpoken(): Spoken {
  const spoken = useContext(Context)
  if (!spoken) throw new Error('outside of LanguageProvider')
  return spoken
}

export function usePhrases<T extends Phrases>(all: T): Said<T> {
  const { language } = useSpoken()
  return useMemo(() => say(all, language), [all, language])
}

export function useFormat(): Format {
  return useSpoken().format
}

export function useText(): (text: Text | null | undefined) => string {
  const { language } = useSpoken()
  return useCallback((text) => inLanguage(text, language), [language])
}
