import { ActionIcon, Button, Group, Loader, Menu, Select, Text } from '@mantine/core'
import { IconCheck, IconMaximize, IconMinus, IconPlus, IconStack2 } from '@tabler/icons-react'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { JobTable } from '../api/types'
import { RecordButton, useRecordAt } from '../jobs/RecordAt'
import { pageTexts } from '../pageTexts'
import { Failed } from '../shell/States'
import { around, entityOf, readPicture, sheetOf, WHOLE } from './drawing'
import classes from './drawings.module.css'
import { usePicture, useSheets } from './usePicture'
import { useSight } from './useSight'

const t = pageTexts.drawings
/** A line is thin: what lies so many pixels around a click is meant too. */
const REACH = [0, 3, -3, 6, -6]

interface Props { base: string; file: string; name: string; place?: string; tables: readonly JobTable[]; onLeave: () => void }

/** A drawing or a document on paper: moved and scaled, sheet by sheet and layer by layer, with the place of a cell lit up; what is clicked leads to its record. */
export default function DrawingView({ base, file, name, place, tables, onLeave }: Props) {
  const sheets = useSheets(base, file)
  const [asked, setAsked] = useState<{ place?: string; sheet: string }>()
  const [picked, setPicked] = useState<{ place?: string; entity: string }>()
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const known = sheets.data ?? []
  const sheet = asked && asked.place === place ? asked.sheet : sheetOf(place, known)
  const isPaged = known.length > 0 && known.every(each => /^\d+$/.test(each))
  const isHere = sheet === sheetOf(place, known)
  const parameters = new URLSearchParams({ ...(sheet && { [isPaged ? 'page' : 'layout']: sheet }), ...(isPaged && place && isHere && { highlight: place }) })
  const picture = usePicture(`/api/bases/${base}/files/${file}/picture${parameters.size ? `?${parameters}` : ''}`, sheets.isFetched && sheets.data !== null)
  const shown = typeof picture.data === 'object' ? picture.data : undefined
  const svg = useMemo(() => (shown && 'svg' in shown ? readPicture(shown.svg) : null), [shown])
  const layers = useMemo(() => [...new Set([...(svg?.querySelectorAll<SVGGElement>('g[data-layer]') ?? [])].map(group => group.dataset.layer!))].sort(), [svg])
  const paper = useRef<HTMLDivElement>(null)
  const lit = picked && picked.place === place ? picked.entity : isHere ? entityOf(place) : undefined

  const pick = (x: number, y: number) => {
    for (const dx of REACH) for (const dy of REACH) {
      const group = document.elementFromPoint(x + dx, y + dy)?.closest('g[id^="e"]')
      if (group && paper.current?.contains(group)) return setPicked({ place, entity: group.id })
    }
    setPicked({ place, entity: '' })
  }
  const { frame, sight, setSight, zoom, handlers } = useSight(pick)

  useLayoutEffect(() => {
    if (svg) paper.current?.replaceChildren(svg)
    return () => svg?.remove()
  }, [svg])
  useLayoutEffect(() => {
    for (const group of svg?.querySelectorAll<SVGGElement>('g[data-layer], g[id]') ?? []) {
      group.toggleAttribute('data-lit', Boolean(lit) && group.id === lit)
      group.style.display = hidden.has(group.dataset.layer ?? '') ? 'none' : ''
    }
  }, [svg, lit, hidden])
  // What a cell came from is brought near; what somebody clicked is already seen.
  useLayoutEffect(() => {
    const entity = isHere && place ? (isPaged ? svg?.querySelector(':scope > rect:last-child') : svg?.querySelector(`#${entityOf(place) ?? 'none'}`)) : null
    if (!entity || !frame.current || !paper.current) return setSight(WHOLE)
    const [box, now, outer] = [entity.getBoundingClientRect(), paper.current.getBoundingClientRect(), frame.current.getBoundingClientRect()]
    const scale = now.width / Math.max(1, outer.width)
    setSight(around({ x: (box.x - now.x) / scale, y: (box.y - now.y) / scale, width: box.width / scale, height: box.height / scale }, outer))
  }, [svg, place, isHere, isPaged, frame, setSight])

  if (picture.isError) return <Failed title={t.failed} error={picture.error} onRetry={() => void picture.refetch()} />
  return (
    <div data-testid="drawing">
      <div className={classes.frame} ref={frame} role="application" aria-label={t.label(name)} aria-description={t.keys} tabIndex={0} data-sheet={shown && (sheet ?? '')} data-testid="drawing-frame" {...handlers}>
        <div className={classes.paper} ref={paper} style={{ transform: `translate(${sight.x}px, ${sight.y}px) scale(${sight.scale})` }} data-scale={sight.scale.toFixed(2)} data-testid="drawing-paper">
          {shown && 'address' in shown && <img src={shown.address} alt={t.label(name)} draggable={false} />}
        </div>
        {picture.data === 'none' ? <Text c="#495057" size="sm" className={classes.word}>{t.none}</Text> : !shown && <div className={classes.word}><Loader size="sm" aria-label={t.drawing} /></div>}
      </div>
      <Group gap={6} mt={6}>
        <ActionIcon variant="default" aria-label={t.nearer} title={t.nearer} onClick={() => zoom(1.4)} data-testid="drawing-nearer"><IconPlus size={16} /></ActionIcon>
        <ActionIcon variant="default" aria-label={t.farther} title={t.farther} onClick={() => zoom(1 / 1.4)}><IconMinus size={16} /></ActionIcon>
        <ActionIcon variant="default" aria-label={t.fit} title={t.fit} onClick={() => setSight(WHOLE)} data-testid="drawing-fit"><IconMaximize size={16} /></ActionIcon>
        {layers.length > 1 && <Layers layers={layers} hidden={hidden} onHidden={setHidden} />}
        {known.length > 1 && <Select size="xs" aria-label={isPaged ? t.page : t.layout} w={isPaged ? 110 : 150} allowDeselect={false} data={known.map(value => ({ value, label: isPaged ? t.pageOf(value) : value }))} value={sheet ?? null} onChange={to => to && setAsked({ place, sheet: to })} data-testid="drawing-sheet" />}
      </Group>
      {picked?.place === place && picked?.entity && <Picked base={base} place={`${sheet ?? ''}#${picked.entity.slice(1)}`} tables={tables} onLeave={onLeave} />}
    </div>
  )
}

function Layers({ layers, hidden, onHidden }: { layers: readonly string[]; hidden: ReadonlySet<string>; onHidden: (hidden: ReadonlySet<string>) => void }) {
  const toggle = (layer: string) => onHidden(hidden.has(layer) ? new Set([...hidden].filter(each => each !== layer)) : new Set([...hidden, layer]))
  return (
    <Menu position="top-start" closeOnItemClick={false} withinPortal>
      <Menu.Target><Button size="xs" h={28} variant="default" leftSection={<IconStack2 size={15} />} data-testid="drawing-layers">{hidden.size ? t.someLayers(layers.length - hidden.size, layers.length) : t.layers}</Button></Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {layers.map(layer => (
          <Menu.Item key={layer} role="menuitemcheckbox" aria-checked={!hidden.has(layer)} onClick={() => toggle(layer)} leftSection={<IconCheck size={15} style={{ visibility: hidden.has(layer) ? 'hidden' : 'visible' }} />} data-testid={`layer-${layer}`}>{layer}</Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onHidden(hidden.size ? new Set() : new Set(layers))}>{hidden.size ? t.allLayers : t.noLayers}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** What was read from the entity that was clicked. */
function Picked({ base, place, tables, onLeave }: { base: string; place: string; tables: readonly JobTable[]; onLeave: () => void }) {
  const found = useRecordAt(base, tables, [place])
  return (
    <Group justify="space-between" wrap="nowrap" mt="xs" role="status" data-testid="drawing-picked">
      <Text size="sm" truncate>{found ? t.readAs(found.name, found.table.name) : found === null ? t.notRead : ''}</Text>
      {found && <RecordButton base={base} found={found} onLeave={onLeave} testId="drawing-record" />}
    </Group>
  )
}
