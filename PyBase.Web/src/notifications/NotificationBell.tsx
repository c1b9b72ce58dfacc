import { ActionIcon, Popover, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Centered } from '../shell/States'
import { texts } from '../texts'
import classes from './notifications.module.css'
import { useNotifications } from './useNotifications'

const t = texts.notifications
const NotificationList = lazy(() => import('./NotificationList').then(m => ({ default: m.NotificationList })))

/** How much is unread, as it comes; opens the list. */
export function NotificationBell() {
  const [open, setOpen] = useState(false)
  const unread = useNotifications().data?.pages[0]?.unread ?? 0
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus returnFocus withinPortal offset={6}>
      <Popover.Target>
        <Tooltip label={t.title} disabled={open}>
          <ActionIcon variant="subtle" color="gray" size="lg" className={classes.bell} onClick={() => setOpen(now => !now)} aria-label={t.bell(unread)} data-testid="notifications">
            <IconBell size={18} />
            {unread > 0 && <span className={classes.count} aria-hidden data-testid="notifications-unread">{unread > 99 ? '99+' : unread}</span>}
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <VisuallyHidden role="status">{unread > 0 ? t.bell(unread) : ''}</VisuallyHidden>
      <Popover.Dropdown className={classes.panel} aria-label={t.title} data-testid="notification-list">
        <Suspense fallback={<Centered />}><NotificationList onClose={() => setOpen(false)} /></Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
