import { lazy, Suspense, type ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { SearchButton } from '../search/SearchButton'
import { texts } from '../texts'
import { Logo } from './Logo'
import classes from './TopBar.module.css'

const NotificationBell = lazy(() => import('../notifications/NotificationBell').then(m => ({ default: m.NotificationBell })))
const UserMenu = lazy(() => import('../accounts/UserMenu').then(m => ({ default: m.UserMenu })))

export function TopBar({ children, actions }: { children?: ReactNode; actions?: ReactNode }) {
  const { baseId } = useParams()
  return (
    <header className={classes.bar}>
      <Link to="/" className={classes.home} aria-label={texts.bases.back} title={texts.bases.back}>
        <Logo />
      </Link>
      <div className={classes.middle}>{children}</div>
      <div className={classes.actions}>
        <SearchButton base={baseId} />
        {actions}
        <Suspense fallback={<span className={classes.bell} />}><NotificationBell /></Suspense>
        <Suspense fallback={<span style={{ width: 36 }} />}><UserMenu /></Suspense>
      </div>
    </header>
  )
}
