import { describe, expect, it } from 'vitest'
import { readCron, writeCron, type Plan } from './cron'

describe('cron', () => {
  const plans: [string, Plan][] = [
    ['*/15 * * * *', { every: 'minutes', minutes: 15 }],
    ['30 * * * *', { every: 'hour', minute: 30 }],
    ['0 9 * * *', { every: 'day', time: '09:00' }],
    ['45 17 * * 1,3,5', { every: 'week', time: '17:45', days: [1, 3, 5] }],
    ['0 6 1 * *', { every: 'month', time: '06:00', day: 1 }],
  ]
  it.each(plans)('%s says when, both ways', (cron, plan) => {
    expect(readCron(cron)).toEqual(plan)
    expect(writeCron(plan)).toBe(cron)
  })
  it.each(['0 9 * 1 *', '0 9 1 * 1', '0-5 9 * * *', '0 9 * *', '0 */2 * * *', ''])('%s is left as it is written', cron => expect(readCron(cron)).toBeNull())
})
