import { ActionIcon, Group, Loader, Text } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconMaximize } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { JobTable } from '../api/types'
import { RecordButton, useRecordAt } from '../jobs/RecordAt'
import { pageTexts } from '../pageTexts'
import { Failed } from '../shell/States'
import { meshesOf, partAt, partsAt, placesOf, wayTo, type Model, type Part, type Way } from './model'
import classes from './models.module.css'
import { readModel } from './readModel'
import { Stage } from './stage'

const t = pageTexts.models
/** A tree of at most so many parts is shown open. */
const SMALL = 60
const countOf = (part: Part): number => part.parts.reduce((sum, inner) => sum + countOf(inner), 1)

interface Props { base: string; file: string; name: string; place?: string; tables: readonly JobTable[]; onLeave: () => void }

/** A STEP or IFC file in three dimensions, with what it consists of: a part that is picked in one lights up in the other, and at first what a place of the file is about. */
export default function ModelView({ base, file, name, place = '', tables, onLeave }: Props) {
  const model = useQuery({ queryKey: ['model', file], staleTime: Infinity, gcTime: 60_000, retry: false, queryFn: ({ signal }) => readModel(`/api/bases/${base}/files/${file}/original`, name, signal) })
  const [picked, setPicked] = useState<{ place: string; ways: readonly Way[] }>()
  const meant = useMemo(() => (model.data && place ? partsAt(model.data, place) : []), [model.data, place])
  if (model.isError) return <Failed title={t.failed} error={model.error} onRetry={() => void model.refetch()} />
  if (!model.data) return <Group justify="center" gap="xs" py="xl"><Loader size="sm" /><Text size="sm" c="dimmed" role="status">{t.reading}</Text></Group>
  if (!model.data.meshes.length) return <Text c="dimmed" size="sm" ta="center" py="xl">{t.empty}</Text>
  // Another place is asked about: what was picked before does not count.
  const ways = picked?.place === place ? picked.ways : meant
  const pick = (way: Way | null) => setPicked({ place, ways: way ? [way] : [] })
  const part = ways[0] && partAt(model.data.root, ways[0])
  return (
    <div data-testid="model">
      <Scene model={model.data} ways={ways} label={t.label(name)} onPick={pick} />
      {part ? <Picked base={base} model={model.data} part={part} times={ways.length} tables={tables} onLeave={onLeave} /> : place && !meant.length && <Text size="sm" c="dimmed" mt="xs" role="status">{t.nowhere}</Text>}
      <ul className={classes.tree} role="tree" aria-label={t.parts}><Branch part={model.data.root} way={[]} isSmall={countOf(model.data.root) <= SMALL} chosen={ways} onChoose={pick} /></ul>
    </div>
  )
}

function Scene({ model, ways, label, onPick }: { model: Model; ways: readonly Way[]; label: string; onPick: (way: Way | null) => void }) {
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
    stage.current?.highlight(ways.flatMap(way => meshesOf(partAt(model.root, way)!)))
  }, [model, ways])
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

function Branch({ part, way, isSmall, chosen, onChoose }: { part: Part; way: Way; isSmall: boolean; chosen: readonly Way[]; onChoose: (way: Way) => void }) {
  const isChosen = chosen.some(one => one.join() === way.join())
  const holds = chosen.some(one => one.length > way.length && way.every((n, at) => one[at] === n))
  const [open, setOpen] = useState(isSmall || way.length < 2)
  const row = useRef<HTMLDivElement>(null)
  const isFirst = chosen[0]?.join() === way.join()
  useEffect(() => { if (isFirst) row.current?.scrollIntoView({ block: 'nearest' }) }, [isFirst])
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
function Picked({ base, model, part, times, tables, onLeave }: { base: string; model: Model; part: Part; times: number; tables: readonly JobTable[]; onLeave: () => void }) {
  const found = useRecordAt(base, tables, placesOf(model, part))
  return (
    <Group justify="space-between" wrap="nowrap" mt="xs" data-testid="model-picked">
      <Text size="sm" fw={600} truncate>{part.name || t.unnamed}{times > 1 && ` ${t.times(times)}`}</Text>
      {found && <RecordButton base={base} found={found} onLeave={onLeave} testId="model-record" />}
    </Group>
  )
}
