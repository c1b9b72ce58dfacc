import { expect, it } from 'vitest'
import { grouped, parsed } from './comparison'

it('differences are read line by line and told by what they are about', () => {
  const line = (kind: string, key: string) => JSON.stringify({ kind, change: 'added', key, field: null, before: null, after: null, locatorBefore: null, locatorAfter: '#1' })
  const read = parsed(`${line('parts', 'A-1')}\n${line('texts', 'Rev B')}\n${line('parts', 'A-2')}\n`)
  expect(grouped(read).map(([kind, all]) => [kind, all.map(one => one.key)])).toEqual([['parts', ['A-1', 'A-2']], ['texts', ['Rev B']]])
})
