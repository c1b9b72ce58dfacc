import type { CSSProperties } from 'react'
import { showDate } from '../fields/dates'
import { pageTexts } from '../pageTexts'
import { dayText, type Bar } from './days'
import type { Plan } from './usePlan'
import classes from './plans.module.css'

const t = pageTexts.plans

/** A record from its first day to its last. */
export function PlanBar({ plan, bar, top, height, style, testId }: { plan: Plan; bar: Bar; top: number; height: number; style?: CSSProperties; testId: string }) {
  const name = plan.nameOfBar(bar.id)
  const label = t.bar(name, showDate(dayText(bar.start)), showDate(dayText(bar.end)))
  return (
    <button type="button" className={classes.task} data-movable={plan.movable || undefined} style={{ top, height, left: plan.left(bar.start), width: (bar.end - bar.start + 1) * plan.width, ...style }} data-testid={testId}
      aria-label={label} title={label} aria-description={plan.movable ? t.keys : undefined} {...plan.handles(bar)}>
      <i data-grip="start" /><span>{name}</span><i data-grip="end" />
    </button>
  )
}
