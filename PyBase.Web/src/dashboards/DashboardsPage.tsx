import { ActionIcon, Button, Menu, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconArrowLeft, IconArrowRight, IconChartBar, IconChevronDown, IconCopy, IconDots, IconHash, IconLetterT, IconListDetails, IconPencil, IconPlus, IconShare, IconTableOptions, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { changeDashboard, createDashboard, duplicateDashboard, listDashboards, readDashboard, readWidget, removeDashboard, type Dashboard, type Widget, type WidgetType } from '../api/dashboards'
import { BaseHead } from '../bases/BaseHead'
import { useBases } from '../bases/useBases'
import { askText } from '../shell/askText'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { useTitle } from '../shell/useTitle'
import { lastFirst } from '../tables/lookedAt'
import { useTables } from '../tables/useTables'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import classes from './dashboards.module.css'
import { placed } from './told'
import { WidgetCard } from './WidgetCard'

const ShareDialog = lazy(() => import('../shares/ShareDialog').then(m => ({ default: m.ShareDialog })))
const WidgetDialog = lazy(() => import('./WidgetDialog').then(m => ({ default: m.WidgetDialog })))
const t = pageTexts.dashboards
const icons: Record<WidgetType, typeof IconHash> = { number: IconHash, chart: IconChartBar, pivot: IconTableOptions, list: IconListDetails, text: IconLetterT }
const heights: Record<WidgetType, number> = { number: 2, chart: 5, pivot: 5, list: 5, text: 2 }
const widths = [3, 4, 6, 8, 12]

/** The dashboards of a base: numbers, charts, pivots and lists over its tables. */
export default function DashboardsPage() {
  const { baseId, dashboardId } = useParams() as { baseId: string; dashboardId?: string }
  const navigate = useNavigate()
  const queries = useQueryClient()
  const base = useBases().data?.find(b => b.id === baseId)
  const tables = useTables(baseId).data?.tables ?? []
  const mayDesign = base?.permissionLevel === 'create'
  const list = useQuery({ queryKey: ['dashboards', baseId], queryFn: ({ signal }) => listDashboards(baseId, signal) })
  const id = dashboardId ?? list.data?.[0]?.id
  const key = ['dashboard', id]
  const open = useQuery({ queryKey: key, enabled: Boolean(id), queryFn: ({ signal }) => readDashboard(baseId, id!, signal) })
  const [edited, setEdited] = useState<Widget | null>(null)
  const [sharing, setSharing] = useState(false)
  const again = () => queries.invalidateQueries({ queryKey: ['dashboards', baseId] })
  const go = (to?: string) => void navigate(`/bases/${baseId}/dashboards${to ? `/${to}` : ''}`)
  const change = useMutation({
    mutationFn: (part: { name?: string; widgets?: Widget[] }) => changeDashboard(baseId, id!, { ...part, ...(part.widgets && { widgets: placed(part.widgets).map(({ isBroken: _, ...w }) => w), version: open.data!.version }) }),
    onSuccess: now => { queries.setQueryData<Dashboard>(key, now); void again() },
    onError: error => { tellProblem(error); void open.refetch() },
  })
  const create = useMutation({ mutationFn: (name: string) => createDashboard(baseId, name), onSuccess: made => { void again(); go(made.id) }, onError: tellProblem })
  useTitle(open.data?.name ?? t.title_, base?.name)
  const widgets = open.data?.widgets ?? []
  const make = () => askText({ title: t.new, label: t.name, value: t.nameOf((list.data?.length ?? 0) + 1), onDone: name => create.mutate(name) })
  const swap = (n: number, by: number) => {
    const after = [...widgets]
    const [moved] = after.splice(n, 1)
    after.splice(n + by, 0, moved!)
    change.mutate({ widgets: after })
  }
  const remove = () => modals.openConfirmModal({
    title: t.remove, children: <Text size="sm">{t.removeAsk(open.data!.name)}</Text>, labels: { confirm: t.remove, cancel: texts.cancel }, confirmProps: { color: 'red' },
    onConfirm: () => void removeDashboard(baseId, id!).then(() => { void again(); go() }, tellProblem),
  })
  const addMenu = (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><Button size="sm" leftSection={<IconPlus size={16} />} data-testid="widget-add">{t.addWidget}</Button></Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(icons) as WidgetType[]).map(type => {
          const Icon = icons[type]
          return <Menu.Item key={type} leftSection={<Icon size={16} />} onClick={() => setEdited({ type, table: type === 'text' ? undefined : lastFirst(tables)[0]?.id, ...(type === 'chart' && { chart: 'bar' }), place: { x: 0, y: 0, width: type === 'number' ? 3 : 6, height: heights[type] } })} data-testid={`widget-add-${type}`}>{t.types[type]}</Menu.Item>
        })}
      </Menu.Dropdown>
    </Menu>
  )
  return (
    <div className={classes.page}>
      <BaseHead base={base} baseId={baseId} at="dashboards" />
      <nav className={classes.tabs} aria-label={t.title_}>
        {list.data?.map(d => <button key={d.id} type="button" aria-current={d.id === id ? 'page' : undefined} onClick={() => go(d.id)} data-testid={`dashboard-${d.name}`}>{d.name}</button>)}
        {mayDesign && open.data && (
          <Menu position="bottom-start" withinPortal>
            <Menu.Target><ActionIcon size="sm" variant="subtle" color="gray" aria-label={t.more(open.data.name)}><IconChevronDown size={15} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => askText({ title: t.rename, label: t.name, value: open.data.name, onDone: name => change.mutate({ name }) })}>{t.rename}</Menu.Item>
              <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void duplicateDashboard(baseId, id!).then(made => { void again(); go(made.id) }, tellProblem)}>{t.duplicate}</Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={remove}>{t.remove}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        {mayDesign && <ActionIcon variant="subtle" color="gray" aria-label={t.new} title={t.new} onClick={make} data-testid="dashboard-new"><IconPlus size={17} /></ActionIcon>}
        <span className={classes.spring} />
        {mayDesign && open.data && <><Button size="sm" variant="default" leftSection={<IconShare size={16} />} onClick={() => setSharing(true)} data-testid="dashboard-share">{pageTexts.shares.title}</Button>{addMenu}</>}
      </nav>
      <main className={classes.main}>
        {list.isError ? <Failed title={t.failed} error={list.error} onRetry={() => void list.refetch()} /> : open.isError ? <Failed title={t.failed} error={open.error} onRetry={() => void open.refetch()} /> : !list.data || (id && !open.data) ? <Centered /> : !id || widgets.length === 0 ? (
          <Centered>
            <div style={{ textAlign: 'center', maxWidth: 380 }}>
              <Text fw={600}>{id ? t.emptyTitle : t.none}</Text>
              <Text c="dimmed" mb="md">{mayDesign ? t.lead : t.noneToRead}</Text>
              {mayDesign && (id ? addMenu : <Button onClick={make} data-testid="dashboard-first">{t.new}</Button>)}
            </div>
          </Centered>
        ) : (
          <div className={classes.widgets}>
            {widgets.map((widget, n) => (
              <WidgetCard key={widget.id} widget={widget} of={id} read={(w, signal) => readWidget(baseId, id, w, signal)} menu={mayDesign && (
                <Menu position="bottom-end" withinPortal>
                  <Menu.Target><ActionIcon size="sm" variant="subtle" color="gray" aria-label={t.more(widget.title || t.types[widget.type])}><IconDots size={16} /></ActionIcon></Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setEdited(widget)}>{t.change}</Menu.Item>
                    <Menu.Item leftSection={<IconArrowLeft size={16} />} disabled={n === 0} onClick={() => swap(n, -1)}>{t.earlier}</Menu.Item>
                    <Menu.Item leftSection={<IconArrowRight size={16} />} disabled={n === widgets.length - 1} onClick={() => swap(n, 1)}>{t.later}</Menu.Item>
                    <Menu.Label>{t.width}</Menu.Label>
                    {widths.map(width => <Menu.Item key={width} fw={widget.place?.width === width ? 600 : 400} onClick={() => change.mutate({ widgets: widgets.map(w => (w === widget ? { ...w, place: { ...w.place!, x: 0, width } } : w)) })}>{t.widths[width]}</Menu.Item>)}
                    <Menu.Divider />
                    <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => change.mutate({ widgets: widgets.filter(w => w !== widget) })}>{t.removeWidget}</Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              )} />
            ))}
          </div>
        )}
      </main>
      <Suspense>
        {edited && <WidgetDialog base={baseId} tables={tables} widget={edited} onClose={() => setEdited(null)} onDone={done => { change.mutate({ widgets: done.id ? widgets.map(w => (w.id === done.id ? done : w)) : [...widgets, done] }); setEdited(null) }} />}
        {sharing && open.data && <ShareDialog base={baseId} thing={{ kind: 'dashboard', id: open.data.id, name: open.data.name }} onClose={() => setSharing(false)} />}
      </Suspense>
    </div>
  )
}
