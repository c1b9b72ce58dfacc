import { describe, expect, it } from 'vitest'
import { momentInput, momentOf, showMoment } from './dates'
import { readNumberOf, showDuration, showNumber } from './numbers'

describe('numbers of a field', () => {
  it('are shown as the field says, and what is shown can be typed again', () => {
    for (const [shown, value, text] of [
      [{ type: 'number', options: { precision: 2 } }, 1234.5, '1234.50'],
      [{ type: 'currency', options: { precision: 2, symbol: '€' } }, -1234.5, '−€1,234.50'],
      [{ type: 'percent', options: { precision: 1 } }, 0.125, '12.5 %'],
      [{ type: 'duration', options: { durationFormat: 'h:mm:ss' } }, 5405, '1:30:05'],
    ] as const) {
      expect(showNumber(value, shown)).toBe(text)
      expect(readNumberOf(text, shown)).toBeCloseTo(value, 10)
    }
  })

  it('a percentage has no dust of binary fractions', () => expect(showNumber(0.07, { type: 'percent', options: {} })).toBe('7 %'))

  it('a duration never has sixty seconds', () => {
    expect(showDuration(59.96, 'h:mm:ss.S')).toBe('0:01:00.0')
    expect(showDuration(3599.6, 'h:mm')).toBe('1:00')
  })
})

describe('moments', () => {
  it('go to the wall clock of a zone and back, over the change of summer time too', () => {
    for (const moment of ['2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z', '2026-07-01T12:00:00.000Z', '2026-10-25T02:30:00.000Z'])
      expect(momentOf(momentInput(moment, 'Europe/Zurich'), 'Europe/Zurich')).toBe(moment)
  })
  it('are shown in the zone of the field', () => expect(showMoment('2026-11-23T14:05:00.000Z', 'Europe/Zurich')).toBe('23 Nov 2026 15:05'))
})
