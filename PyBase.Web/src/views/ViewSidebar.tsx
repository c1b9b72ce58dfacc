import { ActionIcon, Menu } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconBinaryTree, IconCalendar, IconCopy, IconDots, IconCalendarStats, IconForms, IconLayoutGrid, IconLayoutKanban, IconPencil, IconPlus, IconShare, IconTable, IconTimeline, IconTrash } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Table } from '../api/types'
import type { View, ViewSettings } from '../api/views'
import { askText } from '../shell/askText'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { useViewCommands } from './useViewCommands'
import classes from './views.module.css'

const ShareDialog = lazy(() => import('../shares/ShareDialog').then(m => ({ default: m.ShareDialog })))

const t = texts.views
export const viewIcons: Record<string, typeof IconTable> = { grid: IconTable, kanban: IconLayoutKanban, gallery: IconLayoutGrid, calendar: IconCalendar, bomTree: IconBinaryTree, gantt: IconTimeline, timeline: IconCalendarStats, form: IconForms }

interface Props { base: string; table: Table; views: readonly View[]; open: string; mayDesign: boolean; onOpen: (id: string) => void }

export function ViewSidebar({ base, table, views, open, mayDesign, onOpen }: Props) {
  const commands = useViewCommands(base, table.id)
  const [shared, setShared] = useState<View | null>(null)
  const create = (type: string) => {
    const name = freeName(t.types[type] ?? type, views)
    commands.create.mutate({ name, type, settings: startOf(type, table) }, { onSuccess: view => onOpen(view.id) })
  }
  return (
    <nav className={classes.sidebar} aria-label={t.sidebar}>
      <div className={classes.views}>
        {views.map(view => {
          const Icon = viewIcons[view.type] ?? IconTable
          return (
            <div key={view.id} className={classes.view} data-open={view.id === open || undefined}>
              <button type="button" onClick={() => onOpen(view.id)} aria-current={view.id === open ? 'page' : undefined} data-testid={`view-${view.name}`}><Icon size={16} />{view.name}</button>
              {mayDesign && (
                <Menu position="bottom-end" withinPortal>
                  <Menu.Target><ActionIcon size="sm" variant="subtle" color="gray" className={classes.more} aria-label={t.more(view.name)}><IconDots size={15} /></ActionIcon></Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => askText({ title: t.rename, label: t.name, value: view.name, onDone: name => commands.change.mutate({ id: view.id, name }) })}>{t.rename}</Menu.Item>
                    <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => commands.duplicate.mutate({ id: view.id, name: freeName(view.name, views) }, { onSuccess: made => onOpen(made.id) })}>{t.duplicate}</Menu.Item>
                    <Menu.Item leftSection={<IconShare size={15} />} onClick={() => setShared(view)} data-testid="share-view">{pageTexts.shares.title}</Menu.Item>
                    <Menu.Item color="red" leftSection={<IconTrash size={15} />} disabled={views.length === 1}
                      onClick={() => modals.openConfirmModal({
                        title: t.remove, children: t.removeAsk(view.name), labels: { confirm: t.remove, cancel: texts.cancel }, confirmProps: { color: 'red' },
                        onConfirm: () => commands.remove.mutate(view.id, { onSuccess: () => view.id === open && onOpen(views.find(v => v.id !== view.id)!.id) }),
                      })}>{t.remove}</Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              )}
            </div>
          )
        })}
      </div>
      {mayDesign && (
        <div className={classes.create}>
          <span>{t.create}</span>
          {Object.entries(viewIcons).map(([type, Icon]) => (
            <button key={type} type="button" onClick={() => create(type)} data-testid={`new-view-${type}`}><Icon size={16} />{t.types[type]}<IconPlus size={14} /></button>
          ))}
        </div>
      )}
      <Suspense>{shared && <ShareDialog base={base} thing={{ kind: shared.type === 'form' ? 'form' : 'view', id: shared.id, name: shared.name }} onClose={() => setShared(null)} />}</Suspense>
    </nav>
  )
}

function freeName(name: string, views: readonly View[]) {
  if (!views.some(v => v.name === name)) return name
  for (let n = 2; ; n++) if (!views.some(v => v.name === `${name} ${n}`)) return `${name} ${n}`
}

/** From the first date to the second. */
function plan(table: Table): Record<string, unknown> {
  const [startField, endField] = table.fields.filter(f => f.type === 'date' || f.type === 'dateTime').map(f => f.id)
  return endField ? { startField, endField } : {}
}

/** A new view works at once where the table has what it needs. */
function startOf(type: string, table: Table): ViewSettings {
  const first = (...types: string[]) => table.fields.find(f => types.includes(f.type))?.id
  const options: Record<string, unknown> =
    type === 'kanban' ? { stackField: first('singleSelect', 'status') }
    : type === 'calendar' ? { dateField: first('date', 'dateTime') }
    : type === 'bomTree' ? { linkField: table.fields.find(f => f.options?.linkedTableId === table.id && !f.options.isReversed)?.id }
    : type === 'gantt' ? plan(table)
    : type === 'timeline' ? { ...plan(table), groupField: first('singleCollaborator', 'singleSelect', 'status', 'multipleRecordLinks') }
    : type === 'gallery' ? { coverField: first('multipleAttachments') } : {}
  const known = Object.entries(options).filter(([, id]) => id)
  return known.length ? { options: Object.fromEntries(known) } : {}
}
