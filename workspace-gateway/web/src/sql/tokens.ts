export type Token = { kind?: 'keyword' | 'string' | 'number' | 'comment'; text: string }

export const keywords =
  'select|from|where|group|by|order|having|limit|offset|as|and|or|not|in|is|null|case|when|then|else|end|join|left|right|inner|outer|full|cross|on|using|with|recursive|union|all|except|intersect|distinct|between|like|ilike|over|partition|rows|range|asc|desc|nulls|first|last|filter|qualify|exists|cast|interval|date|true|false|grouping|sets|rollup|cube'
const pattern = new RegExp(String.raw`(?<comment>--[^\n]*|/\*[\s\S]*?(?:\*/|$))|(?<string>'(?:[^']|'')*'?)|(?<quoted>"(?:[^"]|"")*"?)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)`, 'giu')
const keyword = new RegExp(`^(?:${keywords})$`, 'i')

/** Enough of SQL's lexis to colour it; joined together the tokens are the text again. */
export function tokens(sql: string): Token[] {
  const found: Token[] = []
  let end = 0
  for (const match of sql.matchAll(pattern)) {
    if (match.index > end) found.push({ text: sql.slice(end, match.index) })
    found.push({ kind: kindOf(match.groups!), text: match[0] })
    end = match.index + match[0].length
  }
  if (end < sql.length) found.push({ text: sql.slice(end) })
  return found
}

function kindOf({ comment, string, number, word }: Record<string, string | undefined>): Token['kind'] {
  if (comment) return 'comment'
  if (string) return 'string'
  if (number) return 'number'
  return word && keyword.test(word) ? 'keyword' : undefined
}
