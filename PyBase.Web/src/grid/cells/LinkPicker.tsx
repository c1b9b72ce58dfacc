import { useQuery, keepPreviousData } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { createRecords, findRecords } from '../../api/records'
import { mutationId } from '../../api/mutationId'
import { tellProblem } from '../../shell/tell'
import { texts } from '../../texts'
import { useGridPlace } from '../GridPlace'
import { ChoiceList, type Movement } from './ChoiceList'
import classes from './SelectEditor.module.css'

export interface LinkedRecord { id: string; name: string }

interface Props {
  table: string
  records: readonly LinkedRecord[]
  single: boolean
  words?: string
  /** With a movement the editor is left as well. */
  onChange: (records: LinkedRecord[], movement?: Movement) => void
  onDone: (movement: Movement) => void
}

/** Finds records of the linked table by their text, as many as there may be, and makes a new one where none is found. */
export function LinkPicker({ table: tableId, records, single, words = '', onChange, onDone }: Props) {
  const { base, tables } = useGridPlace()
  const table = tables.find(t => t.id === tableId)
  const primary = table?.primaryFieldId ?? ''
  const [query, setQuery] = useState(words)
  const [asked] = useDebouncedValue(query, 150)
  const find = async (text: string, signal?: AbortSignal) => (await findRecords(base, tableId, text, primary, signal)).map(r => ({ id: r.id, name: String(r.fields[primary] ?? '') }))
  // Asked anew each time: what was linked a moment ago may have been made by that.
  const found = useQuery({ queryKey: ['find', tableId, asked], enabled: !!table, placeholderData: keepPreviousData, staleTime: 0, queryFn: ({ signal }) => find(asked, signal) })
  const wanted = query.trim()
  const isCalled = (record: LinkedRecord) => record.name.toLowerCase() === wanted.toLowerCase()
  // Until what is typed has been looked for, those of before that contain it.
  const isAnswered = asked === query && !found.isPlaceholderData
  const shown = wanted
    ? (found.data ?? []).filter(r => isAnswered || r.name.toLowerCase().includes(wanted.toLowerCase()))
    : [...records.filter(r => r.id), ...(found.data ?? []).filter(r => !records.some(x => x.id === r.id))]
  const isNew = wanted !== '' && !shown.some(isCalled)

  const take = async (key: string, movement?: Movement) => {
    let record = shown.find(r => r.id === key)
    // Who goes on does not wait for it: the server makes the one that it does not find.
    if (!record && movement) record = { id: '', name: wanted }
    if (!record) {
      try {
        // It may be there, and only not have been found yet.
        record = (await find(wanted)).find(isCalled)
          ?? { id: (await createRecords(base, tableId, [{ fields: { [primary]: wanted } }], mutationId())).body.records[0]!.id, name: wanted }
      } catch (error) {
        return tellProblem(error)
      }
    }
    setQuery('')
    onChange(records.some(r => r.id === record.id) ? records.filter(r => r.id !== record.id) : single ? [record] : [...records, record], movement)
  }

  return (
    <ChoiceList query={query} onQuery={setQuery} onTake={(key, movement) => void take(key, movement)} onDone={onDone} placeholder={texts.grid.findRecord(table?.name ?? '')}
      empty={found.isFetching ? texts.loading : texts.grid.noRecord}
      options={[
        ...shown.map(r => ({ key: r.id, chosen: records.some(x => x.id === r.id), content: <span>{r.name || texts.grid.unnamed}</span> })),
        ...(isNew ? [{ key: 'new', content: <span className={classes.plain}>{texts.grid.newRecord(wanted, table?.name ?? '')}</span> }] : []),
      ]} />
  )
}
