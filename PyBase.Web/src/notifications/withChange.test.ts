import { expect, it } from 'vitest'
import type { Preferences } from '../api/notifications'
import { withChange } from './withChange'

const now: Preferences = { email: 'ada@example.org', confirmed: true, timeZone: null, hour: 8, kinds: [{ kind: 'mention', inApp: true, mail: 'atOnce' }, { kind: 'job', inApp: true, mail: 'never' }] }

it('changes what is named and nothing else', () => {
  expect(withChange(now, { kinds: [{ kind: 'job', mail: 'daily' }] }).kinds).toEqual([{ kind: 'mention', inApp: true, mail: 'atOnce' }, { kind: 'job', inApp: true, mail: 'daily' }])
  expect(withChange(now, { hour: 7, timeZone: 'Europe/Berlin' })).toEqual({ ...now, hour: 7, timeZone: 'Europe/Berlin' })
})
