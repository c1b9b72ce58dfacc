import { Alert, Button, Menu, NumberInput, ActionIcon, Switch, Tabs, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconDots, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { changeAutomation, createAutomation, removeAutomation, type Automation, type Definition } from '../api/automations'
import { problemFrom } from '../api/problem'
import type { Table } from '../api/types'
import { pageTexts } from '../pageTexts'
import { tellProblem } from '../shell/tell'
import { texts } from '../texts'
import { FilterEditor } from '../views/FilterEditor'
import { ActionList } from './ActionList'
import { settled } from './ActionSettings'
import classes from './automations.module.css'
import { HookAddress } from './HookAddress'
import { triggerIcons } from './icons'
import { RunHistory } from './RunHistory'
import { SecretsEditor } from './SecretsEditor'
import { whenOf } from './summary'
import { TestDialog } from './TestDialog'
import { TriggerEditor } from './TriggerEditor'
import { useDraft } from './useDraft'

const t = pageTexts.automations
const TRIGGER = 'trigger'

interface Props { base: string; tables: readonly Table[]; stored?: Automation; nameOfNew: string; isTesting: boolean; onTest: (id: string | null) => void; onKept: (automation: Automation) => void; onRemoved: () => void }

/** One automation: set up, tried out, switched on, and looked after. */
export function AutomationEditor({ base, tables, stored, nameOfNew, isTesting, onTest, onKept, onRemoved }: Props) {
  const { definition, isChanged, put } = useDraft(base, stored, nameOfNew, tables)
  const [open, setOpen] = useState<string | null>(stored ? null : TRIGGER)
  const [tab, setTab] = useState<string | null>('setup')
  const save = useMutation({
    mutationFn: () => {
      const { conditions, actions, secrets, ...rest } = definition
      const wanted: Definition = { ...rest, conditions: definition.trigger.table && conditions?.filterSet.length ? conditions : null, actions: actions.map(settled), secrets }
      return stored ? changeAutomation(base, stored.id, wanted) : createAutomation(base, wanted)
    },
    onSuccess: kept => { put(undefined); onKept(kept) },
    onError: error => {
      const place = Object.keys(problemFrom(error).fields)[0] ?? ''
      setTab('setup')
      setOpen(place.startsWith('actions.') ? place.split('.')[1]! : place.startsWith(TRIGGER) ? TRIGGER : open)
    },
  })
  const toggle = useMutation({ mutationFn: (enabled: boolean) => changeAutomation(base, stored!.id, { enabled }), onSuccess: onKept, onError: tellProblem })
  const set = (part: Partial<Definition>) => { save.reset(); put({ ...definition, ...part }) }
  const problem = save.error ? problemFrom(save.error) : null
  const faults = problem?.fields ?? {}
  const { trigger } = definition
  const table = tables.find(x => x.id === trigger.table)
  const TriggerIcon = triggerIcons[trigger.kind]
  const test = () => (isChanged || !stored ? void save.mutateAsync().then(kept => onTest(kept.id), () => {}) : onTest(stored.id))
  const remove = () => modals.openConfirmModal({
    title: t.remove, children: <Text size="sm">{t.removeAsk(definition.name)}</Text>, labels: { confirm: t.remove, cancel: texts.cancel }, confirmProps: { color: 'red' },
    onConfirm: () => void removeAutomation(base, stored!.id).then(() => { put(undefined); onRemoved() }, tellProblem),
  })
  return (
    <div className={classes.inner}>
      <header className={classes.head}>
        <TextInput className={classes.name} aria-label={t.name} value={definition.name} maxLength={200} error={faults.name} onChange={e => set({ name: e.currentTarget.value })} data-testid="automation-name" />
        {stored && <Switch label={stored.enabled ? t.on : t.off} checked={stored.enabled} disabled={toggle.isPending} onChange={e => toggle.mutate(e.currentTarget.checked)} data-testid="automation-on" />}
        <Button variant="default" leftSection={<IconPlayerPlay size={16} />} disabled={definition.actions.length === 0} onClick={test} data-testid="automation-test">{isChanged || !stored ? t.saveAndTest : t.test}</Button>
        <Button loading={save.isPending} disabled={Boolean(stored) && !isChanged} onClick={() => save.mutate()} data-testid="automation-save">{texts.save}</Button>
        {stored && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t.more(stored.name)}><IconDots size={18} /></ActionIcon></Menu.Target>
            <Menu.Dropdown><Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={remove}>{t.remove}</Menu.Item></Menu.Dropdown>
          </Menu>
        )}
      </header>
      {problem && <Alert color="red" mb="sm" title={problem.message} data-testid="automation-problem">{problem.hint}</Alert>}
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="setup">{t.setUp}</Tabs.Tab>
          <Tabs.Tab value="runs" disabled={!stored} data-testid="runs-tab">{t.runs}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="setup">
          <h2 className={classes.label}>{t.when}</h2>
          <div className={classes.card} data-fault={Object.keys(faults).some(place => place.startsWith(TRIGGER)) || undefined}>
            <header>
              <button type="button" className={classes.opener} aria-expanded={open === TRIGGER} onClick={() => setOpen(open === TRIGGER ? null : TRIGGER)} data-testid="open-trigger">
                <span className={classes.glyph}><TriggerIcon size={18} /></span>
                <span><b>{t.triggers[trigger.kind].name}</b><small>{whenOf(trigger, tables)}</small></span>
              </button>
            </header>
            {open === TRIGGER && <TriggerEditor base={base} tables={tables} trigger={trigger} faults={faults} onChange={next => set({ trigger: next, ...(next.table !== trigger.table && { conditions: null }) })} />}
            {trigger.kind === 'webhookReceived' && (stored ? <HookAddress base={base} automation={stored} onMade={() => onKept({ ...stored, hasHook: true })} /> : <Text size="sm" c="dimmed" px="md" pb="md">{t.hookLater}</Text>)}
          </div>
          {table && (
            <>
              <h2 className={classes.label}>{t.conditions}</h2>
              <div className={classes.card} style={{ padding: 14 }} data-fault={faults.conditions ? '' : undefined}>
                {faults.conditions && <Text size="sm" c="red" role="alert">{faults.conditions}</Text>}
                <div className={classes.wide} data-testid="automation-conditions"><FilterEditor base={base} table={table} none={t.noConditions} group={definition.conditions ?? { conjunction: 'and', filterSet: [] }} onChange={conditions => set({ conditions })} /></div>
              </div>
            </>
          )}
          <h2 className={classes.label}>{t.then}</h2>
          {faults.actions && <Text size="sm" c="red" role="alert" mb="xs">{faults.actions}</Text>}
          <ActionList editing={{ base, all: definition.actions, open, faults, onOpen: setOpen }} actions={definition.actions} label={t.then}
            scope={{ tables, trigger, before: [], secrets: [...new Set([...(stored?.secrets ?? []), ...Object.keys(definition.secrets)])] }} onChange={actions => set({ actions })} />
          <h2 className={classes.label}>{t.secrets}</h2>
          <SecretsEditor kept={stored?.secrets ?? []} changes={definition.secrets} onChange={secrets => set({ secrets })} />
          <h2 className={classes.label}>{t.limits}</h2>
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 14 }}>
            <NumberInput w={170} label={t.perHour} min={1} max={10_000} value={definition.maxRunsPerHour} error={faults.maxRunsPerHour} onChange={n => set({ maxRunsPerHour: Number(n) || 1 })} />
            <NumberInput w={170} label={t.retries} min={0} max={4} value={definition.retries} error={faults.retries} onChange={n => set({ retries: Number(n) || 0 })} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="runs">{stored && <RunHistory base={base} automation={stored} tables={tables} />}</Tabs.Panel>
      </Tabs>
      {isTesting && stored && <TestDialog base={base} automation={stored} tables={tables} onClose={() => onTest(null)} />}
    </div>
  )
}
