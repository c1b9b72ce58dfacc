import type { Field, Table } from '../api/types'
import type { ViewSettings } from '../api/views'
import type { RowStore } from '../rows/rowStore'
import type { RowStoreState } from '../rows/rowStoreState'
import type { NameOf } from '../rows/useLinkNames'
import { RecordCard } from './RecordCard'
import { useShownRecords } from './useShownRecords'
import classes from './cards.module.css'

interface Props { table: Table; settings: ViewSettings; fields: readonly Field[]; store: RowStore; state: RowStoreState; nameOf: NameOf; onOpenRecord: (id: string) => void }

export function GalleryView({ table, settings, fields, store, state, nameOf, onOpenRecord }: Props) {
  const ids = useShownRecords(store, state)
  const cover = table.fields.find(f => f.id === settings.options?.coverField)
  return (
    <div className={classes.gallery} data-testid="gallery">
      {ids.map(id => <RecordCard key={id} table={table} id={id} fields={fields.filter(f => f !== cover).slice(0, 8)} cover={cover} store={store} nameOf={nameOf} onOpen={() => onOpenRecord(id)} />)}
    </div>
  )
}
