import { describe, expect, it } from 'vitest'
import type { ChangesMessage } from '../api/types'
import { answered, asked, heard, startFeed, toldToReload, type Feed } from './feed'

const message = (from: number, version = from): ChangesMessage =>
  ({ id: 'tbl1', from, version, changes: [{ kind: 'recordsDeleted', ids: [`rec${version}`] }] })
const at = (known: number): Feed => ({ known, asking: false, waiting: [] })
const versions = (messages: ChangesMessage[]) => messages.map(m => m.version)

describe('a feed that is live', () => {
  it('applies the next version', () => {
    const step = heard(at(4), message(5))
    expect(versions(step.apply)).toEqual([5])
    expect(step.feed.known).toBe(5)
  })

  it('applies a coalesced message as one', () => {
    expect(heard(at(4), message(5, 9)).feed.known).toBe(9)
  })

  it('drops what it has', () => {
    const step = heard(at(5), message(5))
    expect(step.apply).toEqual([])
    expect(step.feed.known).toBe(5)
  })

  it('applies a message that begins with what it has and ends with more', () => {
    expect(heard(at(5), message(4, 7)).feed.known).toBe(7)
  })

  it('asks again at a gap and keeps the message for later', () => {
    const step = heard(at(5), message(8))
    expect(step.ask).toBe(true)
    expect(step.apply).toEqual([])
    expect(step.feed).toMatchObject({ known: 5, asking: true })

    const healed = answered(step.feed, 'tbl1', { version: 7, reload: false, changes: [{ kind: 'manyChanged', count: 2 }] })
    expect(versions(healed.apply)).toEqual([7, 8])
    expect(healed.feed).toEqual(at(8))
  })
})

describe('a feed that waits for its answer', () => {
  it('buffers, then applies in order, each once', () => {
    let feed = startFeed(3)
    for (const m of [message(6), message(5), message(4)]) feed = heard(feed, m).feed
    const step = answered(feed, 'tbl1', { version: 5, reload: false, changes: [{ kind: 'manyChanged', count: 1 }] })
    expect(versions(step.apply)).toEqual([5, 6])
    expect(step.feed).toEqual(at(6))
    expect(step.ask).toBe(false)
  })

  it('asks once more when what it buffered does not follow the answer', () => {
    const feed = heard(startFeed(3), message(9)).feed
    const step = answered(feed, 'tbl1', { version: 5, reload: false, changes: [] })
    expect(step.ask).toBe(true)
    expect(step.feed.known).toBe(5)
    expect(step.feed.waiting).toHaveLength(1)
  })

  it('loads again when it knew nothing', () => {
    const step = answered(startFeed(null), 'app1', { version: 12, reload: false, changes: [] })
    expect(step.reload).toBe(true)
    expect(step.feed.known).toBe(12)
  })

  it('loads again when told to, and then applies only what is newer', () => {
    const feed = heard(heard(startFeed(3), message(20)).feed, message(21)).feed
    const step = answered(feed, 'tbl1', { version: 20, reload: true, changes: [] })
    expect(step.reload).toBe(true)
    expect(versions(step.apply)).toEqual([21])
  })
})

it('keeps what it knows over a lost connection', () => {
  const step = heard(asked(at(7)), message(9))
  expect(step.apply).toEqual([])
  const back = answered(step.feed, 'tbl1', { version: 9, reload: false, changes: [{ kind: 'manyChanged', count: 2 }] })
  expect(versions(back.apply)).toEqual([9])
})

it('a reload message moves the version forward, never back', () => {
  expect(toldToReload(at(7), 30).feed.known).toBe(30)
  expect(toldToReload(at(40), 30).feed.known).toBe(40)
})
