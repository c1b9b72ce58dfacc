import { Badge, MultiSelect, Select, Text } from '@mantine/core'
import { IconChevronRight, IconRefresh } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import type { Table } from '../api/types'
import type { SettingsChange, ViewSettings } from '../api/views'
import { useShownRecords } from '../cards/useShownRecords'
import { display, linkedIds } from '../fields/display'
import { isNumber, shownAs } from '../fields/shownAs'
import { showNumber } from '../fields/numbers'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'
import type { NameOf } from '../rows/useLinkNames'
import { Centered, Failed } from '../shell/States'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { openParts, partTree, rolledUp, rootsOf, type Part, type RollUp } from './partTree'
import classes from './tree.module.css'
import { usePartTrees } from './usePartTrees'

const t = pageTexts.tree
/** So many trees are read before they are opened, for their roll-ups. */
const READ_AT_ONCE = 20

interface Props { base: string; table: Table; settings: ViewSettings; store: RowStore; state: RowStoreState; nameOf: NameOf; mayDesign: boolean; onSettings: (settings: SettingsChange) => void; onOpenRecord: (id: string) => void }

/** What each part consists of, how often it is needed, and what that comes to. */
export function TreeView(props: Props) {
  const { table, settings, mayDesign, onSettings } = props
  const links = table.fields.filter(f => f.type === 'multipleRecordLinks' && f.options?.linkedTableId === table.id)
  const link = links.find(f => f.id === settings.options?.linkField)
  if (link) return <Trees {...props} link={link.id} />
  return (
    <Centered>
      <div style={{ textAlign: 'center' }}>
        <Text fw={600}>{t.choose}</Text>
        <Text c="dimmed" size="sm" mb="sm">{links.length ? t.chooseLead : t.noLink}</Text>
        {mayDesign && links.length > 0 && <Select data={links.map(f => ({ value: f.id, label: f.name }))} placeholder={t.choose} aria-label={t.choose} onChange={id => id && onSettings({ options: { linkField: id } })} data-testid="tree-field" />}
      </div>
    </Centered>
  )
}

function Trees({ base, table, settings, store, state, nameOf, link, onSettings, onOpenRecord }: Props & { link: string }) {
  const ids = useShownRecords(store, state)
  const below = (id: string) => linkedIds(store.value(id, link))
  const roots = rootsOf(ids, below)
  const made = roots.filter(id => below(id).length > 0)
  const numbers = table.fields.filter(f => isNumber(shownAs(f).type) && f.type !== 'multipleLookupValues')
  const quantity = numbers.find(f => f.id === settings.options?.quantityField)
  const rollUps = ((settings.options?.rollUps as RollUp[] | undefined) ?? []).flatMap(r => {
    const field = numbers.find(f => f.id === r.field)
    return field ? [{ ...r, shown: field }] : []
  })
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map())
  const isOpen = (path: string) => toggled.get(path) ?? path === made[0]
  const [at, setAt] = useState<string | null>(null)
  const trees = usePartTrees(base, table.id, state.version, made.filter((id, n) => n < READ_AT_ONCE || isOpen(id)), { link, quantity: quantity?.id, values: rollUps.map(r => r.field) })
  if (trees.error) return <Failed title={t.failed} error={trees.error} onRetry={trees.retry} />

  const primary = table.fields.find(f => f.id === table.primaryFieldId)!
  const nameOfPart = (id: string) => (ids.includes(id) ? display(primary, store.value(id, primary.id), nameOf) : nameOf(table.id, id)) || texts.grid.unnamed
  const number = (id: string, field: string) => (n => (typeof n === 'number' ? n : undefined))(store.value(id, field))
  const rows = roots.flatMap(id => {
    const top = partTree(id, trees.of(id)?.lines ?? [])
    const sums = rollUps.map(r => {
      const values = new Map(trees.of(id, r.field)?.lines.map(l => [l.record, l.value ?? undefined]))
      return rolledUp(top, record => (record === id ? number(id, r.field) : values.get(record)), r)
    })
    return openParts(top, isOpen).map(part => ({ part, mayOpen: part.below.length > 0 || (part.level === 0 && below(id).length > 0), sums: sums.map(s => (part.isCycle ? null : s.get(part.record))) }))
  })
  const focused = rows.some(r => r.part.path === at) ? at : rows[0]?.part.path
  const toggle = (part: Part, open: boolean) => setToggled(new Map(toggled).set(part.path, open))
  const go = (path: string | undefined) => {
    if (!path) return
    setAt(path)
    document.getElementById(`part-${path}`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const n = rows.findIndex(r => r.part.path === focused)
    const row = rows[n]
    if (!row || event.target !== document.getElementById(`part-${row.part.path}`)) return
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(rows[n + 1]?.part.path),
      ArrowUp: () => go(rows[n - 1]?.part.path),
      Home: () => go(rows[0]?.part.path),
      End: () => go(rows.at(-1)?.part.path),
      ArrowRight: () => (row.mayOpen && !isOpen(row.part.path) ? toggle(row.part, true) : row.mayOpen && go(rows[n + 1]?.part.path)),
      ArrowLeft: () => (row.mayOpen && isOpen(row.part.path) ? toggle(row.part, false) : go(row.part.path.includes('/') ? row.part.path.slice(0, row.part.path.lastIndexOf('/')) : undefined)),
      Enter: () => onOpenRecord(row.part.record),
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  const choose = (change: Record<string, unknown>) => onSettings({ options: Object.fromEntries(Object.entries({ ...settings.options, ...change }).filter(([, value]) => value !== null)) })
  const choices = numbers.map(f => ({ value: f.id, label: f.name }))
  const sum = (value: number | null | undefined, n: number) => (value === null ? '–' : value === undefined ? '' : showNumber(value, shownAs(rollUps[n]!.shown)))
  return (
    <div className={classes.view} data-testid="tree">
      <div className={classes.settings}>
        <Select size="xs" label={t.quantityField} placeholder={t.none} data={choices} value={quantity?.id ?? null} clearable onChange={id => choose({ quantityField: id })} data-testid="tree-quantity" />
        <MultiSelect size="xs" label={t.rollUps} placeholder={rollUps.length ? '' : t.none} data={choices} value={[...new Set(rollUps.map(r => r.field))]} data-testid="tree-rollups"
          onChange={chosen => choose({ rollUps: chosen.map(field => rollUps.find(r => r.field === field) ?? { field, function: 'sum', byQuantity: true }).map(({ field, function: how, byQuantity }) => ({ field, function: how, byQuantity })) })} />
      </div>
      <div className={classes.scroll}>
        <table role="treegrid" aria-label={t.label(table.name)} className={classes.tree} onKeyDown={onKeyDown}>
          <thead>
            <tr role="row">
              <th scope="col">{primary.name}</th>
              <th scope="col">{t.quantity}</th>
              <th scope="col">{t.total}</th>
              {rollUps.map((r, n) => <th key={n} scope="col">{t.functions[r.function]} {r.shown.name}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ part, mayOpen, sums }) => (
              <tr key={part.path} id={`part-${part.path}`} role="row" aria-level={part.level + 1} aria-expanded={mayOpen ? isOpen(part.path) : undefined} tabIndex={part.path === focused ? 0 : -1}
                onFocus={() => setAt(part.path)} onClick={() => go(part.path)} onDoubleClick={() => onOpenRecord(part.record)} data-testid="tree-part">
                <td role="rowheader" style={{ paddingLeft: 10 + part.level * 22 }}>
                  {mayOpen ? <button type="button" tabIndex={-1} className={classes.toggle} data-open={isOpen(part.path) || undefined} aria-label={isOpen(part.path) ? t.close(nameOfPart(part.record)) : t.open(nameOfPart(part.record))} onClick={() => toggle(part, !isOpen(part.path))}><IconChevronRight size={16} /></button> : <span className={classes.toggle} />}
                  <button type="button" tabIndex={-1} className={classes.name} onClick={() => onOpenRecord(part.record)}>{nameOfPart(part.record)}</button>
                  {part.isCycle && <Badge size="xs" ml={8} color="red" variant="light" leftSection={<IconRefresh size={11} />} title={t.cycleLead}>{t.cycle}</Badge>}
                </td>
                <td role="gridcell">{part.level ? showNumber(part.quantity, { type: 'number', options: {} }) : ''}</td>
                <td role="gridcell">{part.level ? showNumber(part.total, { type: 'number', options: {} }) : ''}</td>
                {sums.map((value, n) => <td key={n} role="gridcell" title={value === null ? t.cycleLead : undefined}>{sum(value, n)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
        {!rows.length && <Centered><Text c="dimmed">{texts.grid.empty}</Text></Centered>}
        {made.some(id => trees.of(id)?.isCut) && <Text c="dimmed" size="sm" p="sm">{t.cut}</Text>}
      </div>
    </div>
  )
}
