import type { ChangesMessage, SubscribeAnswer } from '../api/types'

/**
 * What one subscriber knows of one table or base. Versions come in order, each once; a message that does not follow
 * the last known one is a gap, which asking again with what we have heals.
 */
export interface Feed {
  readonly known: number | null
  readonly asking: boolean
  /** Messages that came before the answer to the subscription. */
  readonly waiting: readonly ChangesMessage[]
}

export interface Step {
  feed: Feed
  apply: ChangesMessage[]
  /** Load again what is shown. */
  reload: boolean
  /** Subscribe again with `feed.known`. */
  ask: boolean
}

export const startFeed = (known: number | null): Feed => ({ known, asking: true, waiting: [] })

export function heard(feed: Feed, message: ChangesMessage): Step {
  if (feed.asking || feed.known === null)
    return { feed: { ...feed, waiting: [...feed.waiting, message] }, apply: [], reload: false, ask: false }
  if (message.version <= feed.known) return { feed, apply: [], reload: false, ask: false }
  if (message.from > feed.known + 1)
    return { feed: { known: feed.known, asking: true, waiting: [message] }, apply: [], reload: false, ask: true }
  return { feed: { ...feed, known: message.version }, apply: [message], reload: false, ask: false }
}

export function answered(feed: Feed, id: string, answer: SubscribeAnswer): Step {
  const first = feed.known === null
  const apply: ChangesMessage[] = []
  if (!first && !answer.reload && answer.changes.length)
    apply.push({ id, from: feed.known! + 1, version: answer.version, changes: answer.changes })

  let now: Feed = { known: answer.version, asking: false, waiting: [] }
  let ask = false
  for (const message of [...feed.waiting].sort((a, b) => a.version - b.version)) {
    const step = heard(now, message)
    now = step.feed
    apply.push(...step.apply)
    ask ||= step.ask
  }
  // Who knew no version cannot tell what happened between loading and subscribing.
  return { feed: now, apply, reload: answer.reload || first, ask }
}

/** The server says: too much happened to tell. */
export function toldToReload(feed: Feed, version: number): Step {
  const known = Math.max(feed.known ?? 0, version)
  const waiting = feed.waiting.filter(m => m.version > known)
  return { feed: { ...feed, known, waiting }, apply: [], reload: true, ask: false }
}

/** The connection is new: what we know stays, what we hear counts only after the answer. */
export const asked = (feed: Feed): Feed => ({ ...feed, asking: true })
