import { SegmentedControl, Select, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { showDate } from '../fields/dates'
import { Centered } from '../shell/States'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { dayText, scales, ticks, type Scale } from './days'
import type { Plan } from './usePlan'
import classes from './plans.module.css'

const t = pageTexts.plans

/** Asked before anything can be drawn. */
export function ChooseDates({ plan: { dated, start, end, choose }, mayDesign }: { plan: Plan; mayDesign: boolean }) {
  return (
    <Centered>
      <div style={{ textAlign: 'center' }}>
        <Text fw={600}>{t.choose}</Text>
        {dated.length < 2 && <Text c="dimmed" size="sm">{t.noDates}</Text>}
        {mayDesign && dated.length > 1 && ([['startField', start, t.start], ['endField', end, t.end]] as const).map(([name, field, label]) => (
          <Select key={name} mt="sm" data={dated.map(f => ({ value: f.id, label: f.name }))} value={field?.id ?? null} placeholder={label} aria-label={label} onChange={id => id && choose({ [name]: id })} data-testid={`plan-${name}`} />
        ))}
      </div>
    </Centered>
  )
}

/** How much of the time fits on the screen, and what else the view lets people choose. */
export function PlanSettings({ plan: { scale, choose, ids, there }, children }: { plan: Plan; children?: ReactNode }) {
  return (
    <div className={classes.bar}>
      <SegmentedControl size="xs" value={scale} onChange={timeScale => choose({ timeScale })} data={scales.map(value => ({ value, label: t.scales[value] }))} aria-label={t.scale} />
      {children}
      <Text size="sm" c="dimmed" ml="auto">{pageTexts.cards.undated(ids.length - there.length)}</Text>
    </div>
  )
}

/** The marks of the scale, above the bars. */
export function PlanTicks({ plan: { first, last, scale, left } }: { plan: Plan }) {
  return <div className={classes.ticks} aria-hidden>{ticks(first, last, scale).map(day => <span key={day} style={{ left: left(day) }}>{tick(dayText(day), scale)}</span>)}</div>
}

function tick(day: string, scale: Scale): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  switch (scale) {
    case 'day': return String(date)
    case 'week': return showDate(day).slice(0, -5)
    case 'month': return `${texts.months[month - 1]} ${year}`
    case 'quarter': return t.quarter(Math.ceil(month / 3), year)
    case 'year': return String(year)
  }
}
