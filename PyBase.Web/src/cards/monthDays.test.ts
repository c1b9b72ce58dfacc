import { expect, it } from 'vitest'
import { monthDays } from './monthDays'

it('whole weeks from Monday, the days of other months at both ends', () => {
  const november = monthDays(2026, 10)
  expect([november[0], november.at(-1), november.length]).toEqual(['2026-10-26', '2026-12-06', 42])
  expect(monthDays(2027, 1).length).toBe(28)
})
