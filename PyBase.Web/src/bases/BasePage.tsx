import { Button, Text } from '@mantine/core'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { DropZone } from '../jobs/DropZone'
import { isRowFile } from '../imports/rowFiles'
import { takeFiles } from '../jobs/filesForBase'
import { ImportButton } from '../jobs/ImportButton'
import { useImports } from '../jobs/useImports'
import { ConnectionBanner } from '../offline/ConnectionBanner'
import { useReadyOffline } from '../offline/useReadyOffline'
import { useLiveBase } from '../live/useLiveBase'
import { Centered, Failed, NotFound } from '../shell/States'
import { TopBar } from '../shell/TopBar'
import { useTitle } from '../shell/useTitle'
import { TableTabs } from '../tables/TableTabs'
import { TableView } from '../tables/TableView'
import { lookAt } from '../tables/lookedAt'
import { useTables } from '../tables/useTables'
import { texts } from '../texts'
import { BaseMark } from './BaseMark'
import classes from './BasePage.module.css'
import { useBases } from './useBases'

const ImportWizard = lazy(() => import('../imports/ImportWizard').then(m => ({ default: m.ImportWizard })))
const BasePlaces = lazy(() => import('./BasePlaces').then(m => ({ default: m.BasePlaces })))
const BaseMenu = lazy(() => import('./BaseMenu').then(m => ({ default: m.BaseMenu })))
const JobTray = lazy(() => import('../jobs/JobTray').then(m => ({ default: m.JobTray })))
const TableMenu = lazy(() => import('../tables/TableMenu').then(m => ({ default: m.TableMenu })))
const NewTableDialog = lazy(() => import('../tables/NewTableDialog').then(m => ({ default: m.NewTableDialog })))

export default function BasePage() {
  const { baseId, tableId, viewId } = useParams() as { baseId: string; tableId?: string; viewId?: string }
  const navigate = useNavigate()
  const base = useBases().data?.find(b => b.id === baseId)
  const tables = useTables(baseId)
  const [naming, setNaming] = useState(false)
  const imports = useImports(baseId)
  const [rows, setRows] = useState<{ file?: File; job?: string } | null>(null)
  const list = tables.data?.tables
  const table = tableId ? list?.find(t => t.id === tableId) : list?.[0]
  const mayEdit = !base || base.permissionLevel === 'edit' || base.permissionLevel === 'create'
  const mayDesign = !base || base.permissionLevel === 'create'
  useTitle(table?.name, base?.name)
  useEffect(() => { if (table) lookAt(table.id) }, [table])
  useReadyOffline()
  useLiveBase(baseId, tables.isSuccess, tables.data?.versions[baseId] ?? null)

  // A file of rows is asked about; drawings are read at once.
  const add = (files: File[]) => {
    const [row, ...more] = files.filter(isRowFile)
    if (row && !more.length) setRows({ file: row })
    const drawings = more.length ? files : files.filter(file => file !== row)
    if (drawings.length) imports.add(drawings)
  }

  // What was dropped on the list of bases is imported into the base that was made for it.
  useEffect(() => {
    const files = takeFiles(baseId)
    if (files.length) imports.add(files)
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [baseId])

  if (tables.isError) return <Failed title={texts.tables.failed} error={tables.error} onRetry={() => void tables.refetch()} />
  const open = (id: string) => void navigate(`/bases/${baseId}/${id}`)
  return (
    <div className={classes.page}>
      <TopBar
        actions={<><Suspense fallback={<span style={{ width: 80 }} />}><BasePlaces base={baseId} at="tables" mayDesign={mayDesign} /></Suspense>{mayEdit && <ImportButton onDrawings={imports.add} onRows={() => setRows({})} />}</>}
      >
        {base && <BaseMark id={base.id} name={base.name} size={26} />}
        <Text fw={600} truncate component="h1" fz={15}>{base?.name}</Text>
        <Suspense>{base && <BaseMenu base={base} />}</Suspense>
      </TopBar>
      {list && <TableTabs tables={list} open={table?.id} onOpen={open} onNew={mayDesign ? () => setNaming(true) : undefined}
        menu={mayDesign && table && <Suspense><TableMenu base={baseId} table={table} onOpen={open} onRemoved={() => void navigate(`/bases/${baseId}`)} /></Suspense>} />}
      <ConnectionBanner base={baseId} />
      <main className={classes.main}>
        {!list ? <Centered /> : table ? (
          <TableView key={table.id} base={baseId} table={table} tables={list} viewId={viewId} mayEdit={mayEdit} mayDesign={mayDesign} mayComment={mayEdit || base?.permissionLevel === 'comment'} />
        ) : tableId ? <NotFound /> : (
          <Centered>
            <div style={{ textAlign: 'center' }}>
              <Text fw={600}>{texts.tables.none}</Text>
              <Text c="dimmed">{texts.tables.noneLead}</Text>
              {mayDesign && <Button mt="md" variant="default" onClick={() => setNaming(true)}>{texts.tables.new}</Button>}
            </div>
          </Centered>
        )}
      </main>
            {mayEdit && <DropZone onFiles={add} />}
      <Suspense>
        {naming && <NewTableDialog base={baseId} opened onClose={() => setNaming(false)} onMade={open} />}
        <JobTray base={baseId} imports={imports} onOpen={open} onDecide={job => setRows({ job })} />
        {rows && list && <ImportWizard base={baseId} tables={list} table={table?.id} {...rows} mayDesign={mayDesign} onClose={() => setRows(null)} onOpen={open} />}
      </Suspense>
    </div>
  )
}
