import type { Language } from './phrases.ts'

export type Format = ReturnType<typeof formatIn>

const units = ['B', 'KB', 'MB', 'GB', 'TB']
const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** Numbers and times as a reader of that language writes them. Instants come as RFC 3339, dates as yyyy-mm-dd. */
export function formatIn(language: Language, timeZone?: string) {
  const locale = language === 'ja' ? 'ja-JP' : 'en-GB'
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: language === 'ja' ? 'long' : 'medium', timeZone })
  const short = new Intl.DateTimeFormat(locale, { month: language === 'ja' ? 'numeric' : 'short', day: 'numeric', timeZone })
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone })
  const seconds = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone })

  const number = (value: number | bigint) => numbers.format(value)
  const date = (at: string) => (/^\d{4}-\d{2}-\d{2}$/.test(at) ? plainDate(at, language) : day.format(new Date(at)))
  const time = (at: string) => clock.format(new Date(at))
  const ago = (at: string, now: Date) => {
    const distance = (new Date(at).getTime() - now.getTime()) / 1000
    const step = steps.find(([, size]) => Math.abs(distance) >= size)
    return step ? relative.format(Math.trunc(distance / step[1]), step[0]) : relative.format(0, 'second')
  }
  return {
    number,
    date,
    time,
    ago,
    /** Today only the hour, this year the day and hour, else the day with its year. */
    moment(at: string, now: Date) {
      const then = new Date(at)
      if (day.format(then) === day.format(now)) return clock.format(then)
      if (then.getFullYear() === now.getFullYear()) return `${short.format(then)} ${clock.format(then)}`
      return day.format(then)
    },
    exact: (at: string) => `${day.format(new Date(at))} ${seconds.format(new Date(at))}`,
    bytes(count: number) {
      let size = count
      let unit = 0
      while (size >= 1000 && unit < units.length - 1) {
        size /= 1000
        unit++
      }
      return `${unit === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${units[unit]}`
    },
    took(milliseconds: number) {
      const total = Math.max(0, milliseconds) / 1000
      if (total < 10) return language === 'ja' ? `${total.toFixed(1)}秒` : `${total.toFixed(1)} s`
      const minutes = Math.floor(total / 60)
      const rest = Math.floor(total % 60)
      if (language === 'ja') return minutes ? `${minutes}分${rest}秒` : `${rest}秒`
      return minutes ? `${minutes} min ${rest} s` : `${rest} s`
    },
    days: (until: string, now: Date) => Math.ceil((endOf(until) - now.getTime()) / 86_400_000),
  }
}

function plainDate(at: string, language: Language): string {
  const [year, month, day] = at.split('-').map(Number) as [number, number, number]
  if (language === 'ja') return `${year}年${month}月${day}日`
  const name = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1))
  return `${day} ${name} ${year}`
}

/** A permit that names a day is good until that day is over. */
function endOf(until: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(until) ? new Date(`${until}T23:59:59`).getTime() : new Date(until).getTime()
}
