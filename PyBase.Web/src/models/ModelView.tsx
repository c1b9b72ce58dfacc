import { ActionIcon, Button, Group, Loader, Text } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconMaximize } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useNavigate } from 'react-router'
import { findRecords } from '../api/records'
import type { JobTable } from '../api/types'
import { useTables } from '../tables/useTables'
import { pageTexts } from '../pageTexts'
import { Failed } from '../shell/States'
import { meshesOf, partAt, wayTo, type Model, type Part, type Way } from './model'
import classes from './models.module.css'
import { readModel } from './readModel'
import { Stage } from './stage'

const t = pageTexts.models
/** A tree of at most so many parts is shown open. */
const SMALL = 60
const countOf = (part: Part): number => part.parts.reduce((sum, inner) => sum + countOf(inner), 1)

/** A STEP or IFC file in three dimensions, with what it consists of: a part that is picked in one lights up in the other. */
export default function ModelView({ base, file, name, tables, onLeave }: { base: string; file: string; name: string; tables: readonly JobTable[]; onLeave: () => void }) {
  const model = useQuery({ queryKey: ['model', file], staleTime: Infinity, gcTime: 60_000, retry: false, queryFn: ({ signal }) => readModel(`/api/bases/${base}/files/${file}/original`, name, signal) })
  const [way, setWay] = useState<Way | null>(null)
  if (model.isError) return <Failed title={t.failed} error={model.error} onRetry={() => void model.refetch()} />
  if (!model.data) return <Group justify="center" gap="xs" py="xl"><Loader size="sm" /><Text size="sm" c="dimmed" role="status">{t.reading}</Text></Group>
  if (!model.data.meshes.length) return <Text c="dimmed" size="sm" ta="center" py="xl">{t.empty}</Text>
  const part = way && partAt(model.data.root, way)
  return (
    <div data-testid="model">
      <Scene model={model.data} way={way} label={t.label(name)} onPick={setWay} />
      {part && <Picked base={base} part={part} tables={tables} onLeave={onLeave} />}
      <ul className={classes.tree} role="tree" aria-label={t.parts}><Branch part={model.data.root} way={[]} isSmall={countOf(model.data.root) <= SMALL} chosen={way} onChoose={setWay} /></ul>
    </div>
  )
}

function Scene({ model, way, label, onPick }: { model: Model; way: Way | null; label: string; onPick: (way: Way | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const stage = useRef<Stage | null>(null)
  const pressed = useRef<[number, number] | null>(null)
  const [fault, setFault] = useState(false)
  useEffect(() => {
    try {
      stage.current = new Stage(canvas.current!, model)
    } catch {
      setFault(true)
    }
    return () => { stage.current?.close(); stage.current = null }
  }, [model])
  useEffect(() => {
    const part = way && partAt(model.root, way)
    stage.current?.highlight(part ? meshesOf(part) : [])
  }, [model, way])
  const keys = (event: KeyboardEvent) => {
    const act: Record<string, () => void> = {
      ArrowLeft: () => stage.current?.turn(-15, 0), ArrowRight: () => stage.current?.turn(15, 0), ArrowUp: () => stage.current?.turn(0, -15), ArrowDown: () => stage.current?.turn(0, 15),
      '+': () => stage.current?.scale(0.8), '-': () => stage.current?.scale(1.25), f: () => stage.current?.fit(),
    }
    if (!act[event.key]) return
    event.preventDefault()
    act[event.key]!()
  }
  if (fault) return <Text c="dimmed" size="sm" ta="center" py="xl">{t.noGraphics}</Text>
  return (
    <div className={classes.scene}>
      {/* A press that moves turns the model, one that does not picks a part. */}
      <canvas ref={canvas} role="application" aria-label={label} aria-description={t.keys} tabIndex={0} onKeyDown={keys} data-testid="model-canvas"
        onPointerDown={e => { pressed.current = [e.clientX, e.clientY] }}
        onPointerUp={e => {
          const from = pressed.current
          if (!from || Math.hypot(e.clientX - from[0], e.clientY - from[1]) > 4) return
          const body = stage.current?.bodyAt(e.clientX, e.clientY) ?? null
          onPick(body === null ? null : wayTo(model.root, body))
        }} />
      <ActionIcon className={classes.fit} variant="default" aria-label={t.fit} title={t.fit} onClick={() => stage.current?.fit()} data-testid="model-fit"><IconMaximize size={16} /></ActionIcon>
    </div>
  )
}

function Branch({ part, way, isSmall, chosen, onChoose }: { part: Part; way: Way; isSmall: boolean; chosen: Way | null; onChoose: (way: Way) => void }) {
  const isChosen = chosen?.join() === way.join()
  const holds = chosen !== null && chosen.length > way.length && way.every((n, at) => chosen[at] === n)
  const [open, setOpen] = useState(isSmall || way.length < 2)
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => { if (isChosen) row.current?.scrollIntoView({ block: 'nearest' }) }, [isChosen])
  const isOpen = open || holds
  return (
    <li role="treeitem" aria-selected={isChosen} aria-expanded={part.parts.length ? isOpen : undefined} aria-label={part.name || t.unnamed}>
      <div ref={row} className={classes.part} data-chosen={isChosen || undefined} style={{ paddingLeft: 14 * way.length }}>
        {part.parts.length ? <ActionIcon size="xs" variant="subtle" color="gray" aria-label={isOpen ? t.close(part.name) : t.open(part.name)} onClick={() => setOpen(!isOpen)}>{isOpen ? <IconChevronDown size={13} /> : <IconChevronRight size={13} />}</ActionIcon> : <span style={{ width: 18 }} />}
        <button type="button" onClick={() => onChoose(way)} data-testid={`part-${part.name}`}>{part.name || t.unnamed}{part.kind && <small>{part.kind}</small>}</button>
      </div>
      {isOpen && part.parts.length > 0 && <ul role="group">{part.parts.map((inner, n) => <Branch key={n} part={inner} way={[...way, n]} isSmall={isSmall} chosen={chosen} onChoose={onChoose} />)}</ul>}
    </li>
  )
}

/** The part that was picked, and its record in the tables that the file has become. */
function Picked({ base, part, tables, onLeave }: { base: string; part: Part; tables: readonly JobTable[]; onLeave: () => void }) {
  const navigate = useNavigate()
  const known = useTables(base).data?.tables ?? []
  const found = useQuery({
    queryKey: ['record-of-part', tables.map(x => x.id), part.name], enabled: Boolean(part.name) && known.length > 0,
    queryFn: async ({ signal }) => {
      for (const { id } of tables) {
        const table = known.find(x => x.id === id)
        const records = table ? await findRecords(base, id, part.name, table.primaryFieldId, signal) : []
        const record = records.find(r => String(r.fields[table!.primaryFieldId] ?? '') === part.name) ?? records[0]
        if (record) return { table: id, record: record.id }
      }
      return null
    },
  })
  return (
    <Group justify="space-between" wrap="nowrap" mt="xs" data-testid="model-picked">
      <Text size="sm" fw={600} truncate>{part.name || t.unnamed}</Text>
      {found.data && <Button size="compact-sm" variant="light" style={{ flex: 'none' }} onClick={() => { onLeave(); void navigate(`/bases/${base}/${found.data!.table}?record=${found.data!.record}`) }} data-testid="model-record">{t.record}</Button>}
    </Group>
  )
}
