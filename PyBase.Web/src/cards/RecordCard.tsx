import { Text } from '@mantine/core'
import { useComputedColorScheme } from '@mantine/core'
import type { DragEvent } from 'react'
import type { Attachment, Field, Table } from '../api/types'
import { display, names } from '../fields/display'
import { choicePaint } from '../grid/choiceColours'
import type { RowStore } from '../rows/rowStore'
import type { NameOf } from '../rows/useLinkNames'
import { texts } from '../texts'
import classes from './cards.module.css'

interface Props { table: Table; id: string; fields: readonly Field[]; cover?: Field; store: RowStore; nameOf: NameOf; onOpen: () => void; onDragStart?: (event: DragEvent) => void; compact?: boolean }

/** A record as a card: its picture, its name, and what else the view shows of it. */
export function RecordCard({ table, id, fields, cover, store, nameOf, onOpen, onDragStart, compact }: Props) {
  const primary = table.fields.find(f => f.id === table.primaryFieldId)!
  const picture = cover && (store.value(id, cover.id) as Attachment[] | undefined)?.find(file => file.type?.startsWith('image/'))
  return (
    <button type="button" className={classes.card} onClick={onOpen} draggable={!!onDragStart} onDragStart={onDragStart} data-testid="card">
      {cover && !compact && <span className={classes.cover}>{picture && <img src={picture.url} alt="" loading="lazy" />}</span>}
      <span className={classes.body}>
        <b>{display(primary, store.value(id, primary.id), nameOf) || texts.grid.unnamed}</b>
        {fields.filter(f => f.id !== primary.id).map(field => {
          const value = store.value(id, field.id)
          return value === undefined || value === null ? null : (
            <span key={field.id} className={classes.fact}>
              <Text span size="xs" c="dimmed">{field.name}</Text>
              <FactValue field={field} value={value} nameOf={nameOf} />
            </span>
          )
        })}
      </span>
    </button>
  )
}

function FactValue({ field, value, nameOf }: { field: Field; value: unknown; nameOf: NameOf }) {
  const dark = useComputedColorScheme('light') === 'dark'
  if (['singleSelect', 'multipleSelects', 'status'].includes(field.type))
    return <span className={classes.pills}>{names(value).map(name => {
      const paint = choicePaint(field.options?.choices?.find(c => c.name === name)?.color, dark)
      return <span key={name} className={classes.pill} style={{ background: paint.back, color: paint.ink }}>{name}</span>
    })}</span>
  return <span className={classes.value}>{display(field, value, nameOf)}</span>
}
