export type Language = 'ja' | 'en'
export type Phrase = string | ((...given: never[]) => string)
export type Phrases = Record<string, { en: Phrase; ja: Phrase }>
export type Said<T extends Phrases> = { [K in keyof T]: T[K]['en'] extends string ? string : T[K]['en'] }

/** Both languages stand side by side, so that one cannot be changed while the other is forgotten. */
export function phrases<const T extends Phrases>(all: T): T {
  return all
}

export function say<T extends Phrases>(all: T, language: Language): Said<T> {
  return Object.fromEntries(Object.entries(all).map(([key, phrase]) => [key, phrase[language]])) as Said<T>
}

/** What the gateway sends: both languages where it can, one string where the text was written by a person. */
export type Text = string | { ja?: string; en?: string }

export function inLanguage(text: Text | null | undefined, language: Language): string {
  if (text == null) return ''
  if (typeof text === 'string') return text
  return text[language] || text[language === 'ja' ? 'en' : 'ja'] || ''
}

/** The first of the browser's languages that we speak; English where there is none. */
export function preferred(languages: readonly string[]): Language {
  const known = languages.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag === 'ja' || tag === 'en')
  return (known as Language) ?? 'en'
}
