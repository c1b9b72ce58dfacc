const two = (n: number) => String(n).padStart(2, '0')

/** The day so many days from now, as an input of dates has it. */
export function dayIn(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The last moment of a day, here. */
export const endOf = (day: string) => new Date(`${day}T23:59:59`).toISOString()
