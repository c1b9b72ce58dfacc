import { Select } from '@mantine/core'
import { linkedIds } from '../fields/display'
import { pageTexts } from '../pageTexts'
import { PlanBar } from './PlanBar'
import { ChooseDates, PlanSettings, PlanTicks } from './PlanHead'
import { usePlan, type PlanProps } from './usePlan'
import classes from './plans.module.css'

const t = pageTexts.plans
const ROW = 36

/** A line for each record, with a bar from its start to its end and arrows from what it waits for. */
export function GanttView(props: PlanProps) {
  const { table, store, mayDesign, onOpenRecord } = props
  const plan = usePlan(props)
  const { ids, stage, options, start, end, bars, left, across } = plan
  if (!start || !end) return <ChooseDates plan={plan} mayDesign={mayDesign} />
  const links = table.fields.filter(f => f.type === 'multipleRecordLinks' && f.options?.linkedTableId === table.id)
  const before = links.find(f => f.id === options.dependencyField)
  const places = new Map(bars.flatMap((bar, n) => (bar ? [[bar.id, { bar, n }] as const] : [])))
  const arrows = !before || options.showDependencies === false ? [] : bars.flatMap((bar, n) => !bar ? [] : linkedIds(store.value(bar.id, before.id)).flatMap(id => {
    const from = places.get(id)
    if (!from) return []
    const [x1, y1, x2, y2] = [left(from.bar.end + 1), from.n * ROW + ROW / 2, left(bar.start), n * ROW + ROW / 2]
    const half = y1 + (y2 > y1 ? ROW / 2 : -ROW / 2)
    return [{ key: `${id} ${bar.id}`, path: x2 >= x1 + 12 ? `M${x1} ${y1}H${x1 + 6}V${y2}H${x2 - 2}` : `M${x1} ${y1}h6V${half}H${x2 - 8}V${y2}H${x2 - 2}` }]
  }))
  return (
    <div className={classes.view} data-testid="gantt">
      <PlanSettings plan={plan}>
        {links.length > 0 && <Select size="xs" data={links.map(f => ({ value: f.id, label: f.name }))} value={before?.id ?? null} placeholder={t.after} aria-label={t.after} clearable onChange={id => plan.choose({ dependencyField: id })} data-testid="gantt-after" />}
      </PlanSettings>
      <div className={classes.stage} ref={stage} tabIndex={0} role="region" aria-label={t.stage}>
        <div className={classes.names}>
          <div className={classes.corner}>{plan.primary.name}</div>
          {ids.map(id => <button key={id} type="button" style={{ height: ROW }} onClick={() => onOpenRecord(id)}>{plan.nameOfBar(id)}</button>)}
        </div>
        <div className={classes.days} style={{ width: across }}>
          <PlanTicks plan={plan} />
          <div className={classes.rows} style={{ height: ids.length * ROW, backgroundSize: `100% ${ROW}px` }}>
            <div className={classes.today} style={{ left: left(plan.today) + plan.width / 2 }} title={pageTexts.cards.today} />
            <svg width={across} height={ids.length * ROW} aria-hidden className={classes.arrows}>
              <defs><marker id="gantt-end" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0 6 3 0 6z" /></marker></defs>
              {arrows.map(arrow => <path key={arrow.key} d={arrow.path} markerEnd="url(#gantt-end)" data-testid="gantt-arrow" />)}
            </svg>
            {bars.map((bar, n) => bar && <PlanBar key={bar.id} plan={plan} bar={bar} top={n * ROW + 6} height={ROW - 12} testId="gantt-bar" />)}
          </div>
        </div>
      </div>
    </div>
  )
}
