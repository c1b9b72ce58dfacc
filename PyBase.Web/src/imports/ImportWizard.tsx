import { Alert, Button, FileButton, Group, Modal, Progress, Select, Stack, Text } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { decideImport, readPreview, type ImportMapping } from '../api/imports'
import { cancelJob, readJob } from '../api/jobs'
import { problemFrom } from '../api/problem'
import type { Job, Table } from '../api/types'
import { upload } from '../jobs/upload'
import { isOpen } from '../jobs/useJobs'
import { Centered } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { MappingEditor } from './MappingEditor'
import { rowFileEndings } from './rowFiles'

const t = pageTexts.imports
const NEW_TABLE = ''

interface Props { base: string; tables: readonly Table[]; table?: string; file?: File; job?: string; mayDesign: boolean; onClose: () => void; onOpen: (table: string) => void }

/** A file of rows into a table: what it is, where its columns go, and how far it has come. Nothing is written before somebody has decided. */
export function ImportWizard({ base, tables, table, file: given, job: waiting, mayDesign, onClose, onOpen }: Props) {
  const [file, setFile] = useState<File | null>(given ?? null)
  const [target, setTarget] = useState(table ?? NEW_TABLE)
  const [sent, setSent] = useState<{ part: number; abort: () => void } | null>(null)
  const [id, setId] = useState<string | null>(waiting ?? null)
  const [mapping, setMapping] = useState<ImportMapping | null>(null)
  const job = useQuery({ queryKey: ['job', id], enabled: id !== null, queryFn: ({ signal }) => readJob(id!, signal), refetchInterval: query => (query.state.data && (!isOpen(query.state.data) || query.state.data.state === 'waiting') ? false : 500) })
  const state = job.data?.state
  const preview = useQuery({ queryKey: ['preview', id], enabled: state === 'waiting', queryFn: ({ signal }) => readPreview(id!, signal), staleTime: Infinity })
  const decide = useMutation({ mutationFn: (chosen: ImportMapping) => decideImport(id!, chosen), onSuccess: () => void job.refetch() })
  const begin = async (file: File | null) => {
    if (!file) return
    const { job: made, abort } = upload(base, file, (done, total) => setSent({ part: done / total, abort }), { kind: 'imports', options: { import: 'preview', ...(target && { target: { table: target } }) } })
    setSent({ part: 0, abort })
    try {
      setId((await made).id)
    } catch (error) {
      if (problemFrom(error).code !== 'aborted') tellProblem(error)
    }
    setSent(null)
  }
  const cancel = () => {
    sent?.abort()
    if (id && (!state || isOpen(job.data!))) void cancelJob(id).catch(tellProblem)
    onClose()
  }
  const shown = mapping ?? preview.data?.mapping
  return (
    <Modal opened onClose={state && !isOpen(job.data!) ? onClose : cancel} title={file ? t.titleOf(file.name) : t.title} size={shown && state === 'waiting' ? 'min(1080px, 96vw)' : 'md'} closeOnClickOutside={false} data-testid="import-wizard">
      {sent ? <Going label={texts.jobs.states.uploading!} part={sent.part} onCancel={cancel} /> : !id ? (
        <Stack>
          <Select label={t.into} value={target} allowDeselect={false} onChange={value => setTarget(value ?? NEW_TABLE)} data-testid="import-target"
            data={[{ value: NEW_TABLE, label: t.newTable }, ...tables.map(x => ({ value: x.id, label: x.name }))]} />
          <FileButton onChange={chosen => { setFile(chosen); void begin(chosen) }} accept={rowFileEndings} inputProps={{ 'data-testid': 'rows-input' } as object}>
            {props => <Button {...props} variant="default" h={72} leftSection={<IconFileSpreadsheet size={22} />}>{file ? `${file.name} · ${t.size(file.size)}` : t.choose}</Button>}
          </FileButton>
          <Text size="sm" c="dimmed">{t.lead}</Text>
          {file && <Group justify="flex-end"><Button onClick={() => void begin(file)} data-testid="import-read">{t.read}</Button></Group>}
        </Stack>
      ) : job.isError ? <Alert color="red" title={problemFrom(job.error).message} /> : state === 'waiting' ? (
        preview.isError ? <Alert color="red" title={problemFrom(preview.error).message} /> : !preview.data || !shown ? <Centered /> : (
          <Stack>
            <MappingEditor preview={preview.data} mapping={shown} table={tables.find(x => x.id === shown.table)} mayDesign={mayDesign} onChange={setMapping} />
            {decide.error && <Alert color="red" title={problemFrom(decide.error).message}>{problemFrom(decide.error).hint}</Alert>}
            <Group justify="space-between">
              <Button variant="default" onClick={cancel}>{texts.cancel}</Button>
              <Button loading={decide.isPending} disabled={!shown.columns.length} onClick={() => decide.mutate(shown)} data-testid="import-run">{t.run(preview.data.file.rows)}</Button>
            </Group>
          </Stack>
        )
      ) : !job.data || isOpen(job.data) ? <Going label={job.data?.progress?.step ?? t.reading} part={partOf(job.data)} onCancel={cancel} /> : <Ended job={job.data} onOpen={table => { onOpen(table); onClose() }} onClose={onClose} />}
    </Modal>
  )
}

const partOf = (job: Job | undefined) => (job?.progress?.total ? job.progress.done / job.progress.total : undefined)

function Going({ label, part, onCancel }: { label: string; part?: number; onCancel: () => void }) {
  return (
    <Stack>
      <Text size="sm" role="status">{label.charAt(0).toUpperCase() + label.slice(1)}{part !== undefined && ` · ${Math.floor(100 * Math.min(1, part))} %`}</Text>
      <Progress value={100 * (part ?? 1)} animated={part === undefined} aria-label={label} />
      <Group justify="flex-end"><Button variant="default" onClick={onCancel} data-testid="import-cancel">{texts.cancel}</Button></Group>
    </Stack>
  )
}

function Ended({ job, onOpen, onClose }: { job: Job; onOpen: (table: string) => void; onClose: () => void }) {
  const made = job.result?.tables ?? []
  return (
    <Stack data-testid="import-ended">
      {job.error ? <Alert color="red" title={job.error.message}>{job.error.hint}</Alert> : <Alert color="petrol" title={texts.jobs.states[job.state]}>{made.map(x => t.made(x.name, x.created ?? 0, x.updated ?? 0)).join(' ')}</Alert>}
      {(job.findings ?? []).length > 0 && <ul style={{ margin: 0, paddingLeft: 20, maxHeight: 220, overflow: 'auto', fontSize: 14 }}>{job.findings!.map((f, n) => <li key={n}>{f.message}{texts.jobs.times(f.count ?? 1)}</li>)}</ul>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>{texts.close}</Button>
        {made[0] && <Button onClick={() => onOpen(made[0]!.id)} data-testid="import-open">{texts.jobs.open(made[0].name)}</Button>}
      </Group>
    </Stack>
  )
}
