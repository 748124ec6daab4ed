/** The Monday of this week, or of so many weeks before, as the reader's calendar has it. */
export function monday(weeksBefore: number, now = new Date()): string {
  const back = (now.getDay() + 6) % 7 + 7 * weeksBefore
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back)
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
