import { Chip, Group, NumberInput, Select, TextInput } from '@mantine/core'
import type { Trigger } from '../api/automations'
import { pageTexts } from '../pageTexts'
import classes from './automations.module.css'
import { readCron, writeCron, type Plan } from './cron'

const t = pageTexts.automations
const first: Record<Plan['every'], Plan> = { minutes: { every: 'minutes', minutes: 15 }, hour: { every: 'hour', minute: 0 }, day: { every: 'day', time: '09:00' }, week: { every: 'week', time: '09:00', days: [1] }, month: { every: 'month', time: '09:00', day: 1 } }

/** Times on the clock of a zone, chosen, or as a cron expression. */
export function ScheduleEditor({ trigger, error, onChange }: { trigger: Trigger; error?: string; onChange: (trigger: Trigger) => void }) {
  const cron = trigger.cron ?? ''
  const plan = readCron(cron)
  const set = (plan: Plan) => onChange({ ...trigger, cron: writeCron(plan) })
  return (
    <>
      <Group gap="xs" align="flex-end">
        <Select label={t.every} w={180} allowDeselect={false} value={plan?.every ?? 'cron'} data={[...(Object.keys(first) as Plan['every'][]).map(value => ({ value, label: t.plans[value] })), { value: 'cron', label: t.plans.cron }]} data-testid="schedule-every"
          onChange={every => (every === 'cron' ? onChange({ ...trigger, cron: '0 9 * * 1-5' }) : set(first[every as Plan['every']]))} />
        {plan?.every === 'minutes' && <NumberInput label={t.minutes} w={110} min={1} max={59} value={plan.minutes} onChange={n => set({ ...plan, minutes: Number(n) || 1 })} />}
        {plan?.every === 'hour' && <NumberInput label={t.atMinute} w={130} min={0} max={59} value={plan.minute} onChange={n => set({ ...plan, minute: Number(n) || 0 })} />}
        {plan?.every === 'month' && <NumberInput label={t.onDay} w={110} min={1} max={31} value={plan.day} onChange={n => set({ ...plan, day: Number(n) || 1 })} />}
        {plan && 'time' in plan && <TextInput label={t.at} type="time" w={130} value={plan.time} onChange={e => e.currentTarget.value && set({ ...plan, time: e.currentTarget.value })} data-testid="schedule-time" />}
        {!plan && <TextInput label={t.cron} description={t.cronHint} value={cron} error={error} onChange={e => onChange({ ...trigger, cron: e.currentTarget.value })} data-testid="schedule-cron" />}
      </Group>
      {plan?.every === 'week' && (
        <div className={classes.days} role="group" aria-label={t.onDays}>
          {t.days.map((name, day) => <DayBox key={day} name={name} on={plan.days.includes(day)} onToggle={() => { const days = plan.days.includes(day) ? plan.days.filter(d => d !== day) : [...plan.days, day]; if (days.length) set({ ...plan, days }) }} />)}
        </div>
      )}
      <ZoneInput value={trigger.timeZone} onChange={timeZone => onChange({ ...trigger, timeZone })} />
    </>
  )
}

function DayBox({ name, on, onToggle }: { name: string; on: boolean; onToggle: () => void }) {
  return <Chip checked={on} onChange={onToggle} size="sm">{name}</Chip>
}

const zones = () => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])]

export function ZoneInput({ label = t.zone, value, onChange }: { label?: string; value: string | undefined; onChange: (zone: string) => void }) {
  return <Select label={label} searchable allowDeselect={false} limit={60} data={[...new Set([...(value ? [value] : []), ...zones()])]} value={value ?? 'UTC'} onChange={zone => zone && onChange(zone)} />
}
