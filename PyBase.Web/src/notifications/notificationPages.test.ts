import { expect, it } from 'vitest'
import type { Notification } from '../api/notifications'
import { byDay, placeOf, withNotified, withRead, type Pages } from './notificationPages'

const one = (id: string, more: Partial<Notification> = {}): Notification =>
  ({ id, kind: 'mention', base: { id: 'app1', name: 'Gearbox' }, count: 1, createdTime: '2026-11-23T12:00:00', ...more })
const pages = (unread: number, ...lists: Notification[][]): Pages =>
  ({ pages: lists.map(notifications => ({ notifications, unread, cursor: null })), pageParams: lists.map(() => undefined) })
const ids = (data: Pages) => data.pages.flatMap(page => page.notifications.map(n => n.id))

it('what the hub tells comes first and is counted, once', () => {
  const once = withNotified(pages(1, [one('b')], [one('a', { readTime: 'x' })]), one('c'))
  expect([ids(once), once.pages[0]!.unread]).toEqual([['c', 'b', 'a'], 2])
  expect(withNotified(once, one('a'))).toBe(once)
})

it('reading one counts down by what was unread, also on a later page', () => {
  const read = withRead(pages(3, [one('c'), one('b', { readTime: 'x' })], [one('a')]), ['a', 'b'], 'now')
  expect(read.pages[0]!.unread).toBe(2)
  expect(read.pages.flatMap(page => page.notifications.map(n => n.readTime))).toEqual([undefined, 'x', 'now'])
})

it('reading all leaves none, however many are not loaded', () => {
  expect(withRead(pages(400, [one('a')]), null, 'now').pages[0]).toMatchObject({ unread: 0, notifications: [{ readTime: 'now' }] })
})

it('days keep the order in which they come', () => {
  const days = byDay([one('c'), one('b', { createdTime: '2026-11-23T00:00:00' }), one('a', { createdTime: '2026-11-22T23:59:59' })])
  expect(days.map(d => [d.day, d.notifications.map(n => n.id)])).toEqual([['2026-11-23', ['c', 'b']], ['2026-11-22', ['a']]])
})

it('leads to the record, else as near as it goes', () => {
  const table = { id: 'tbl1', name: 'Parts' }
  expect(placeOf(one('a', { table, record: 'rec1' }))).toBe('/bases/app1/tbl1?record=rec1')
  expect(placeOf(one('a', { table, count: 3 }))).toBe('/bases/app1/tbl1')
  expect(placeOf(one('a', { table: null, record: 'rec1' }))).toBe('/bases/app1')
  expect(placeOf(one('a', { kind: 'job', job: { id: 'job1', kind: 'export', state: 'failed' } }))).toBe('/bases/app1?job=job1')
})
