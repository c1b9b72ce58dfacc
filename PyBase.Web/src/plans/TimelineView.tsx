import { Select, useComputedColorScheme } from '@mantine/core'
import type { Field } from '../api/types'
import { display, linkedIds, names } from '../fields/display'
import { isNumber, shownAs } from '../fields/shownAs'
import { choicePaint } from '../grid/choiceColours'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { lines, type Bar } from './days'
import { PlanBar } from './PlanBar'
import { ChooseDates, PlanSettings, PlanTicks } from './PlanHead'
import { usePlan, type PlanProps } from './usePlan'
import classes from './plans.module.css'

const t = pageTexts.plans
const LINE = 32, PAD = 6
const choiceTypes = ['singleSelect', 'status', 'multipleSelects']
const isList = (field: Field) => ['multipleSelects', 'multipleRecordLinks', 'multipleCollaborators'].includes(field.type)

/** Who or what is busy when: a lane for each choice, person or record of a field, with its bars in as few lines as they need. */
export function TimelineView(props: PlanProps) {
  const { table, store, nameOf, mayDesign } = props
  const plan = usePlan(props)
  const dark = useComputedColorScheme('light') === 'dark'
  const { stage, options, start, end, there, left, across } = plan
  if (!start || !end) return <ChooseDates plan={plan} mayDesign={mayDesign} />
  const groupable = table.fields.filter(f => f.id !== table.primaryFieldId && !isNumber(shownAs(f).type) && !['multipleAttachments', 'multilineText', 'richText', 'date', 'dateTime', 'button'].includes(shownAs(f).type))
  const coloured = table.fields.filter(f => choiceTypes.includes(f.type))
  const by = groupable.find(f => f.id === options.groupField)
  const colour = coloured.find(f => f.id === options.colorField) ?? (by && choiceTypes.includes(by.type) ? by : undefined)
  const paintOf = (id: string) => {
    const [name] = colour ? names(store.value(id, colour.id)) : []
    const choice = name === undefined ? undefined : colour!.options?.choices?.find(c => c.name === name)
    if (!choice) return undefined
    const { back, ink } = choicePaint(choice.color, dark)
    return { background: back, borderColor: ink, color: ink }
  }
  const placesOf = ({ id }: Bar): string[] => {
    const value = by && store.value(id, by.id)
    const found = !by ? [] : by.type === 'multipleRecordLinks' ? linkedIds(value).map(linked => nameOf(String(by.options?.linkedTableId ?? ''), linked) ?? '…') : isList(by) ? names(value) : [display(by, value, nameOf)]
    return found.filter(Boolean).length ? found : ['']
  }
  const inLane = new Map<string, Bar[]>()
  for (const bar of there) for (const place of placesOf(bar)) inLane.set(place, [...(inLane.get(place) ?? []), bar])
  const known = by?.options?.choices?.map(c => c.name) ?? []
  const rank = (name: string) => (name === '' ? known.length + 1 : known.includes(name) ? known.indexOf(name) : known.length)
  let top = 0
  const lanes = [...inLane].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, undefined, { numeric: true })).map(([name, bars]) => {
    const stacked = lines(bars)
    const lane = { name, bars, stacked, top, height: stacked.length * LINE + 2 * PAD }
    top += lane.height
    return lane
  })
  return (
    <div className={classes.view} data-testid="timeline">
      <PlanSettings plan={plan}>
        <Select size="xs" searchable data={groupable.map(f => ({ value: f.id, label: f.name }))} value={by?.id ?? null} placeholder={t.lanes} aria-label={t.lanes} clearable onChange={id => plan.choose({ groupField: id })} data-testid="timeline-lanes" />
        {coloured.length > 0 && <Select size="xs" data={coloured.map(f => ({ value: f.id, label: f.name }))} value={colour?.id ?? null} placeholder={t.colour} aria-label={t.colour} clearable onChange={id => plan.choose({ colorField: id })} data-testid="timeline-colour" />}
      </PlanSettings>
      <div className={classes.stage} ref={stage} tabIndex={0} role="region" aria-label={t.stage}>
        <div className={classes.names}>
          <div className={classes.corner}>{by?.name ?? t.all}</div>
          {lanes.map(lane => <div key={lane.name} className={classes.lane} style={{ height: lane.height }} data-testid="timeline-lane"><b>{lane.name || (by ? texts.grid.emptyGroup(by.name) : t.all)}</b><small>{lane.bars.length}</small></div>)}
        </div>
        <div className={classes.days} style={{ width: across }}>
          <PlanTicks plan={plan} />
          <div className={classes.lanes} style={{ height: top }}>
            {lanes.map(lane => <div key={lane.name} className={classes.edge} style={{ top: lane.top + lane.height - 1 }} />)}
            <div className={classes.today} style={{ left: left(plan.today) + plan.width / 2 }} title={pageTexts.cards.today} />
            {lanes.flatMap(lane => lane.stacked.flatMap((line, n) => line.map(bar => (
              <PlanBar key={`${lane.name} ${bar.id}`} plan={plan} bar={bar} top={lane.top + PAD + n * LINE + 2} height={LINE - 4} style={paintOf(bar.id)} testId="timeline-bar" />
            ))))}
          </div>
        </div>
      </div>
    </div>
  )
}
