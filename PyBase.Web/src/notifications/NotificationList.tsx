import { ActionIcon, Avatar, Button, Text, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconBell, IconBolt, IconCircleCheck, IconSettings } from '@tabler/icons-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { Link } from 'react-router'
import type { Notification } from '../api/notifications'
import { momentInput, showDate, showMoment } from '../fields/dates'
import { Centered, Failed } from '../shell/States'
import { texts } from '../texts'
import { notificationTexts } from './notificationTexts'
import { byDay, dayOf, placeOf } from './notificationPages'
import classes from './notifications.module.css'
import { useNotifications, useReadNotifications } from './useNotifications'

const t = { ...texts.notifications, ...notificationTexts.list }

/** Who did what where, day by day. Up and Down go from one to the next, Enter goes there. */
export function NotificationList({ onClose }: { onClose: () => void }) {
  const list = useNotifications()
  const read = useReadNotifications()
  const all = list.data?.pages.flatMap(page => page.notifications) ?? []
  // Loaded after the panel has taken the focus, which goes on to the first line.
  const lines = useRef<HTMLDivElement>(null)
  const isThere = all.length > 0
  useEffect(() => lines.current?.querySelector('a')?.focus(), [isThere])
  const days = byDay(all)
  const today = new Date()
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  const named = (day: string) => (day === dayOf(today) ? t.today : day === dayOf(yesterday) ? t.yesterday : showDate(day))
  const follow = (one: Notification) => {
    if (!one.readTime) read.mutate([one.id])
    onClose()
  }
  return (
    <>
      <header className={classes.head}>
        <h2>{t.title}</h2>
        <Button size="compact-sm" variant="subtle" disabled={!list.data?.pages[0]?.unread} onClick={() => read.mutate(null)} data-testid="notifications-read-all">{t.readAll}</Button>
        <Tooltip label={t.settings}>
          <ActionIcon component={Link} to="/notifications" variant="subtle" color="gray" onClick={onClose} aria-label={t.settings} data-testid="notification-settings"><IconSettings size={17} /></ActionIcon>
        </Tooltip>
      </header>
      <div ref={lines} className={classes.list} onKeyDown={step}>
        {list.isError && !list.data ? <Failed title={t.failed} error={list.error} onRetry={() => void list.refetch()} />
          : !list.data ? <Centered />
          : !all.length ? (
            <Centered>
              <div className={classes.none}><IconBell size={26} stroke={1.5} /><Text fw={600}>{t.none}</Text><Text c="dimmed" size="sm">{t.noneLead}</Text></div>
            </Centered>
          ) : days.map(({ day, notifications }) => (
            <section key={day} aria-labelledby={`notified-${day}`}>
              <h3 id={`notified-${day}`}>{named(day)}</h3>
              <ul>{notifications.map(one => <li key={one.id}><Line one={one} onFollow={() => follow(one)} /></li>)}</ul>
            </section>
          ))}
        {list.hasNextPage && <Button m="sm" variant="default" size="xs" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t.more}</Button>}
      </div>
    </>
  )
}

function Line({ one, onFollow }: { one: Notification; onFollow: () => void }) {
  const failed = one.job && one.job.state !== 'succeeded'
  return (
    <Link to={placeOf(one)} onClick={onFollow} className={classes.one} data-unread={!one.readTime || undefined} data-testid={`notification-${one.kind}`}>
      {one.job ? <span className={classes.mark} data-failed={failed || undefined}>{failed ? <IconAlertTriangle size={17} /> : <IconCircleCheck size={17} />}</span>
        : one.kind === 'automation' ? <span className={classes.mark}><IconBolt size={17} /></span>
        : <Avatar size={30} radius="xl" name={one.actor?.name ?? t.somebody} color="initials" aria-hidden />}
      <span className={classes.what}>
        <span>{!one.job && one.kind !== 'automation' && <b>{one.actor?.name ?? t.somebody}</b>} {t.what(one)}</span>
        <small>{[one.table?.name, one.base.name].filter(Boolean).join(' · ')}</small>
      </span>
      <time dateTime={one.createdTime} title={showMoment(one.createdTime, undefined)}>{momentInput(one.createdTime, undefined).slice(11)}</time>
      {!one.readTime && <span className={classes.dot} role="img" aria-label={t.unread} />}
    </Link>
  )
}

function step(event: KeyboardEvent<HTMLElement>) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!by) return
  event.preventDefault()
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('a')]
  const at = lines.indexOf(document.activeElement as HTMLElement)
  lines[Math.max(0, Math.min(lines.length - 1, at + by))]?.focus()
}
