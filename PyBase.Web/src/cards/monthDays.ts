/** The days of the weeks that a month touches, Monday first, as `YYYY-MM-DD`. */
export function monthDays(year: number, month: number): string[] {
  const first = new Date(Date.UTC(year, month, 1))
  const offset = (first.getUTCDay() + 6) % 7
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const weeks = Math.ceil((offset + length) / 7)
  return Array.from({ length: weeks * 7 }, (_, n) => new Date(Date.UTC(year, month, 1 - offset + n)).toISOString().slice(0, 10))
}
