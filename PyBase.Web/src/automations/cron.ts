/** Times as people say them; a cron expression that says anything else is written out. */
export type Plan =
  | { every: 'minutes'; minutes: number }
  | { every: 'hour'; minute: number }
  | { every: 'day'; time: string }
  | { every: 'week'; time: string; days: number[] }
  | { every: 'month'; time: string; day: number }

const two = (n: number) => String(n).padStart(2, '0')
const at = (time: string) => { const [hour, minute] = time.split(':').map(Number); return `${minute || 0} ${hour || 0}` }

export function writeCron(plan: Plan): string {
  switch (plan.every) {
    case 'minutes': return `*/${plan.minutes} * * * *`
    case 'hour': return `${plan.minute} * * * *`
    case 'day': return `${at(plan.time)} * * *`
    case 'week': return `${at(plan.time)} * * ${[...plan.days].sort().join(',') || '*'}`
    case 'month': return `${at(plan.time)} ${plan.day} * *`
  }
}

export function readCron(cron: string): Plan | null {
  const [minute, hour, day, month, week, ...more] = cron.trim().split(/\s+/)
  if (week === undefined || more.length || month !== '*') return null
  const number = (text = '') => (/^\d{1,2}$/.test(text) ? Number(text) : null)
  const [m, h] = [number(minute), number(hour)]
  const every = /^\*\/(\d{1,2})$/.exec(minute!)
  if (every && hour === '*' && day === '*' && week === '*') return { every: 'minutes', minutes: Number(every[1]) }
  if (m === null) return null
  if (hour === '*' && day === '*' && week === '*') return { every: 'hour', minute: m }
  if (h === null) return null
  const time = `${two(h)}:${two(m)}`
  if (day === '*' && week === '*') return { every: 'day', time }
  if (day === '*' && /^[0-6](,[0-6])*$/.test(week)) return { every: 'week', time, days: week.split(',').map(Number) }
  const of = number(day)
  return of !== null && week === '*' ? { every: 'month', time, day: of } : null
}
