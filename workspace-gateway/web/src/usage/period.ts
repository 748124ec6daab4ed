/** The first of so many days up to today, as the reader's calendar has them; 0 days for all of them. */
export function since(days: number, now = new Date()): string | undefined {
  if (!days) return undefined
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (days - 1))
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
