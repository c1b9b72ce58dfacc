import type { HubConnection } from '@microsoft/signalr'
import type { Notification } from '../api/notifications'
import type { ChangesMessage, Job, SubscribeAnswer } from '../api/types'
import { delayAfter, pause } from './backoff'
import { answered, asked, heard, startFeed, toldToReload, type Feed, type Step } from './feed'

export type HubState = 'connecting' | 'live' | 'offline'
export type EndReason = 'access' | 'deleted' | 'draining' | 'moved'

export interface Present { connection: string; user: { id: string; name: string }; colour: string; viewId?: string | null; recordId?: string | null; fieldId?: string | null; editing: boolean }
export interface PresenceMessage { id: string; people: Present[] }
export interface Place { viewId: string | null; recordId: string | null; fieldId: string | null; editing: boolean }

export interface Subscriber {
  onChanges(message: ChangesMessage): void
  onReload(version: number): void
  onEnded?(reason: EndReason): void
}

interface Subscription { id: string; feed: Feed; subscriber: Subscriber; open: boolean; leave?: () => void }

/** One connection for the whole application; subscriptions survive its interruptions. */
export class Hub {
  private connection: HubConnection | null = null
  private readonly subscriptions = new Set<Subscription>()
  private readonly stateListeners = new Set<() => void>()
  private readonly jobListeners: Set<(job: Job) => void>
  private readonly presenceListeners: Set<(message: PresenceMessage) => void>
  private readonly notifiedListeners: Set<(told: Notification) => void>
  /** Of bases in another shard: the feed of everything in them is there. The last one is that of the base that is open. */
  private readonly others = new Map<string, Hub>()
  private wanted = false
  private connecting = false
  state: HubState = 'connecting'

  constructor(private readonly url = '/hubs/tables', main?: Hub) {
    this.jobListeners = main?.jobListeners ?? new Set()
    this.presenceListeners = main?.presenceListeners ?? new Set()
    this.notifiedListeners = main?.notifiedListeners ?? new Set()
  }

  /** The library comes after the first rows are asked for: they do not wait for it. */
  private async build(): Promise<HubConnection> {
    const { HttpTransportType, HubConnectionBuilder, LogLevel } = await import('@microsoft/signalr')
    const connection = new HubConnectionBuilder()
      // Without negotiation any node can answer: no sticky load balancer.
      .withUrl(this.url, { transport: HttpTransportType.WebSockets, skipNegotiation: true, withCredentials: true })
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: c => delayAfter(c.previousRetryCount) })
      .configureLogging(LogLevel.None)
      .build()
    connection.on('Changes', (m: ChangesMessage) => this.each(m.id, s => heard(s.feed, m)))
    connection.on('Reload', (m: { id: string; version: number }) => this.each(m.id, s => toldToReload(s.feed, m.version)))
    connection.on('Ended', (m: { id: string; reason: EndReason }) => this.ended(m.id, m.reason))
    connection.on('JobChanged', (job: Job) => this.jobListeners.forEach(listen => listen(job)))
    connection.on('Presence', (m: PresenceMessage) => this.presenceListeners.forEach(listen => listen(m)))
    connection.on('Notified', (told: Notification) => this.notifiedListeners.forEach(listen => listen(told)))
    connection.onreconnecting(() => this.become('offline'))
    connection.onreconnected(() => this.connected())
    connection.onclose(() => {
      this.become('offline')
      if (this.wanted) void this.connect(1)
    })
    return connection
  }

  start() {
    if (this.wanted) return
    this.wanted = true
    void this.connect(0)
  }

  stop() {
    this.wanted = false
    this.subscriptions.clear()
    this.others.forEach(hub => hub.stop())
    this.others.clear()
    void this.connection?.stop()
  }

  subscribe(id: string, since: number | null, subscriber: Subscriber): () => void {
    const subscription: Subscription = { id, feed: startFeed(since), subscriber, open: true }
    this.subscriptions.add(subscription)
    void this.ask(subscription)
    return () => {
      subscription.open = false
      this.subscriptions.delete(subscription)
      if (subscription.leave) subscription.leave()
      else if (![...this.subscriptions].some(s => s.id === id) && this.isUp) void this.connection!.invoke('Unsubscribe', id).catch(() => {})
    }
  }

  onJob(listener: (job: Job) => void) {
    this.jobListeners.add(listener)
    return () => void this.jobListeners.delete(listener)
  }

  onNotified(listener: (told: Notification) => void) {
    this.notifiedListeners.add(listener)
    return () => void this.notifiedListeners.delete(listener)
  }

  onPresence(listener: (message: PresenceMessage) => void) {
    this.presenceListeners.add(listener)
    return () => void this.presenceListeners.delete(listener)
  }

  /** Only of a table that is listened to; before that nobody sees it anyway. */
  setPresence(table: string, place: Place | null) {
    if (this.isUp) void this.connection!.invoke('SetPresence', table, place).catch(() => {})
    this.others.forEach(hub => hub.setPresence(table, place))
  }

  onState = (listener: () => void) => {
    this.stateListeners.add(listener)
    return () => void this.stateListeners.delete(listener)
  }

  private get isUp() {
    return this.connection?.state === 'Connected'
  }

  private async connect(attempt: number) {
    if (this.connecting) return
    this.connecting = true
    for (let n = attempt; this.wanted && !this.isUp; n++) {
      if (n > 0) await pause(delayAfter(n))
      // What does not load, as when the network is gone, is tried again like what does not connect.
      const connection = (this.connection ??= await this.build().catch(() => null))
      if (!connection) this.become('offline')
      else if (this.wanted && connection.state === 'Disconnected') await connection.start().then(() => this.connected(), () => this.become('offline'))
    }
    this.connecting = false
  }

  private connected() {
    this.become('live')
    for (const subscription of this.subscriptions) {
      subscription.feed = asked(subscription.feed)
      void this.ask(subscription)
    }
  }

  private async ask(subscription: Subscription, attempt = 0): Promise<void> {
    if (!this.isUp || !subscription.open || subscription.leave) return
    try {
      const answer = await this.connection!.invoke<SubscribeAnswer>('Subscribe', subscription.id, subscription.feed.known)
      if (subscription.open) this.take(subscription, answered(subscription.feed, subscription.id, answer))
    } catch (error) {
      const there = this.elsewhere(String(error))
      if (there) subscription.leave = there.subscribe(subscription.id, subscription.feed.known, subscription.subscriber)
      if (there || attempt > 6) return
      await pause(delayAfter(attempt + 1))
      await this.ask(subscription, attempt + 1)
    }
  }

  /** The hub of what is not here: of a base as the refusal says, of a table that of the base that was opened last. */
  private elsewhere(refusal: string): Hub | undefined {
    const url = /elsewhere: .*(\/api\S+)\./.exec(refusal)?.[1]
    if (!url) return /not-found/.test(refusal) ? [...this.others.values()].at(-1) : undefined
    const hub = this.others.get(url) ?? new Hub(url, this)
    this.others.delete(url)
    this.others.set(url, hub)
    hub.start()
    return hub
  }

  private each(id: string, step: (s: Subscription) => Step) {
    for (const subscription of this.subscriptions) if (subscription.id === id) this.take(subscription, step(subscription))
  }

  private take(subscription: Subscription, step: Step) {
    subscription.feed = step.feed
    for (const message of step.apply) subscription.subscriber.onChanges(message)
    if (step.reload) subscription.subscriber.onReload(step.feed.known ?? 0)
    if (step.ask) void this.ask(subscription)
  }

  private ended(id: string, reason: EndReason) {
    // Who comes again is led to where it is now.
    if (reason === 'moved') return void this.connection?.stop()
    for (const subscription of [...this.subscriptions].filter(s => s.id === id)) {
      subscription.subscriber.onEnded?.(reason)
      // A node that drains ends the connection next; the one after that asks for all of them.
      if (reason !== 'draining') this.subscriptions.delete(subscription)
    }
  }

  private become(state: HubState) {
    if (this.state === state) return
    this.state = state
    this.stateListeners.forEach(listen => listen())
  }
}
