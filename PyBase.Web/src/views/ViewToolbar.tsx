import { ActionIcon, Button, CloseButton, Menu, Popover, TextInput, Tooltip } from '@mantine/core'
import { IconArrowsSort, IconBaselineDensityMedium, IconEyeOff, IconFilter, IconLayoutList, IconLayoutSidebar, IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import type { Table } from '../api/types'
import type { ConditionGroup, RowHeight, SettingsChange, View } from '../api/views'
import { texts } from '../texts'
import { completeFilter } from './completeFilter'
import classes from './views.module.css'

// Their inputs are loaded when the first of them opens.
const FieldsEditor = lazy(() => import('./FieldsEditor').then(m => ({ default: m.FieldsEditor })))
const FilterSetting = lazy(() => import('./FilterSetting').then(m => ({ default: m.FilterSetting })))
const OrderEditor = lazy(() => import('./OrderEditor').then(m => ({ default: m.OrderEditor })))

const t = texts.views
const heights: RowHeight[] = ['short', 'medium', 'tall', 'extraTall']

interface Props {
  base: string
  table: Table
  view: View
  search: string
  sidebar: boolean
  onSearch: (search: string) => void
  onSidebar: () => void
  onChange: (settings: SettingsChange) => void
  actions?: ReactNode
}

/** How the rows are shown: each button says what is set. */
export function ViewToolbar({ base, table, view, search, sidebar, onSearch, onSidebar, onChange, actions }: Props) {
  const { settings } = view
  const filters = countConditions(completeFilter(settings.filter, table))
  const hidden = (settings.fields ?? []).filter(f => f.hidden).length
  const [sorts, groups] = [settings.sorts ?? [], settings.groups ?? []]
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t.toolbar}>
      <Tooltip label={sidebar ? t.hideSidebar : t.showSidebar}>
        <ActionIcon variant="subtle" color="gray" onClick={onSidebar} aria-expanded={sidebar} aria-label={t.sidebar} data-testid="toggle-views"><IconLayoutSidebar size={18} /></ActionIcon>
      </Tooltip>
      <b className={classes.viewName} data-testid="view-name">{view.name}</b>
      {view.type !== 'form' && <>
      <Setting icon={<IconEyeOff size={15} />} label={hidden ? t.hidden(hidden) : t.fields} active={hidden > 0} testId="fields-menu">
        <FieldsEditor table={table} settings={settings} onChange={fields => onChange({ fields })} />
      </Setting>
      <Setting icon={<IconFilter size={15} />} label={filters ? t.filtered(filters) : t.filter} active={filters > 0} testId="filter-menu" width={640}>
        <FilterSetting base={base} table={table} settings={settings} onChange={filter => onChange({ filter })} />
      </Setting>
      {view.type === 'grid' && (
        <Setting icon={<IconLayoutList size={15} />} label={groups.length ? t.grouped(groups.length) : t.group} active={groups.length > 0} testId="group-menu">
          <OrderEditor table={table} orders={groups} most={3} none={t.noGroups} add={t.addGroup} likely={['singleSelect', 'status', 'multipleRecordLinks', 'singleCollaborator']} onChange={g => onChange({ groups: g.length ? g : null })} />
        </Setting>
      )}
      <Setting icon={<IconArrowsSort size={15} />} label={sorts.length ? t.sorted(sorts.length) : t.sort} active={sorts.length > 0} testId="sort-menu">
        <OrderEditor table={table} orders={sorts} most={5} none={t.noSorts} add={t.addSort} onChange={s => onChange({ sorts: s.length ? s : null })} />
      </Setting>
      {view.type === 'grid' && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Tooltip label={t.rowHeight}><ActionIcon variant="subtle" color="gray" aria-label={t.rowHeight}><IconBaselineDensityMedium size={16} /></ActionIcon></Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {heights.map(height => (
              <Menu.Item key={height} onClick={() => onChange({ rowHeight: height })} fw={(settings.rowHeight ?? 'short') === height ? 600 : 400}>{t.heights[height]}</Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      </>}
      <span className={classes.spring} />
      {actions}
      {view.type !== 'form' && <SearchBox search={search} onSearch={onSearch} />}
    </div>
  )
}

function Setting({ icon, label, active, testId, width, children }: { icon: ReactNode; label: string; active: boolean; testId: string; width?: number; children: ReactNode }) {
  return (
    <Popover position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Button size="compact-sm" variant={active ? 'light' : 'subtle'} color={active ? undefined : 'gray'} leftSection={icon} className={classes.setting} data-testid={testId}>{label}</Button>
      </Popover.Target>
      <Popover.Dropdown style={{ width: width ? `min(${width}px, 96vw)` : undefined, maxHeight: '70vh', overflow: 'auto' }}><Suspense>{children}</Suspense></Popover.Dropdown>
    </Popover>
  )
}

function SearchBox({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const [text, setText] = useState(search)
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>()
  const type = (now: string) => {
    setText(now)
    clearTimeout(timer)
    setTimer(setTimeout(() => onSearch(now), 250))
  }
  return (
    <TextInput size="xs" className={classes.search} leftSection={<IconSearch size={15} />} placeholder={t.search} aria-label={t.search} value={text} data-testid="search"
      onChange={e => type(e.currentTarget.value)} onKeyDown={e => e.key === 'Escape' && type('')}
      rightSection={text && <CloseButton size="xs" aria-label={t.clearSearch} onClick={() => type('')} />} />
  )
}

const countConditions = (group: ConditionGroup | undefined): number =>
  (group?.filterSet ?? []).reduce((sum, part) => sum + ('filterSet' in part ? countConditions(part) : 1), 0)
