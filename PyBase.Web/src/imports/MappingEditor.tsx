import { Alert, Group, MultiSelect, Select, Text, TextInput } from '@mantine/core'
import type { ImportMapping, ImportPreview } from '../api/imports'
import type { Table } from '../api/types'
import { isComputed } from '../fields/shownAs'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { goesTo, keyFields, NEW, NOWHERE, send } from './mapping'
import classes from './imports.module.css'

const t = pageTexts.imports

interface Props { preview: ImportPreview; mapping: ImportMapping; table: Table | undefined; mayDesign: boolean; onChange: (mapping: ImportMapping) => void }

/** The first rows of the file under where each column goes. */
export function MappingEditor({ preview, mapping, table, mayDesign, onChange }: Props) {
  const targets = [{ value: NOWHERE, label: t.nowhere }, ...(mayDesign || !table ? [{ value: NEW, label: t.newField }] : []), ...(table?.fields ?? []).filter(f => !isComputed(f.type)).map(f => ({ value: f.id, label: f.name }))]
  const place = (column: string) => {
    const to = goesTo(mapping, column)
    return table?.fields.find(f => f.name === to)?.id ?? to
  }
  const keys = keyFields(mapping, table)
  return (
    <>
      <Text size="sm" c="dimmed">{t.found(preview.file)}</Text>
      {typeof mapping.newTable === 'string' && <TextInput label={texts.tables.name} value={mapping.newTable} maw={320} onChange={e => onChange({ ...mapping, newTable: e.currentTarget.value })} data-testid="import-table-name" />}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t.preview}>
        <table className={classes.table}>
          <thead>
            <tr>{preview.columns.map(column => (
              <th key={column.name} data-off={place(column.name) === NOWHERE || undefined}>
                <div className={classes.column}>{column.name}</div>
                <Select size="xs" aria-label={t.goesTo(column.name)} value={place(column.name)} data={targets} allowDeselect={false} searchable={targets.length > 8} comboboxProps={{ withinPortal: true, width: 220, position: 'bottom-start' }}
                  onChange={to => to && onChange(send(mapping, preview, column.name, to))} data-testid={`import-column-${column.name}`} />
                <small>{column.ambiguous ? t.ambiguous : (pageTexts.fields.types[mapping.columns.find(c => c.column === column.name)?.newField?.type ?? column.type] ?? column.type)}</small>
              </th>
            ))}</tr>
          </thead>
          <tbody>{preview.rows.slice(0, 8).map((row, n) => <tr key={n}>{preview.columns.map((column, c) => <td key={column.name} data-off={place(column.name) === NOWHERE || undefined}>{row[c]}</td>)}</tr>)}</tbody>
        </table>
      </div>
      {preview.losses.length > 0 && <Alert color="orange" title={t.losses}><ul className={classes.losses}>{preview.losses.map((loss, n) => <li key={n}>{t.loss(loss.column, loss.cells, loss.why)}</li>)}</ul></Alert>}
      <Group align="flex-end" grow preventGrowOverflow={false}>
        {table && (
          <MultiSelect label={t.merge} description={t.mergeHint} placeholder={mapping.merge ? undefined : t.noMerge} data={keys} maxValues={3} clearable value={mapping.merge?.on ?? []} data-testid="import-merge"
            onChange={on => onChange({ ...mapping, merge: on.length ? { existing: 'update', missing: 'create', ...mapping.merge, on } : null })} />
        )}
        {mapping.merge && <Select label={t.existing} value={mapping.merge.existing ?? 'update'} data={[{ value: 'update', label: t.update }, { value: 'skip', label: t.leave }]} allowDeselect={false} onChange={existing => onChange({ ...mapping, merge: { ...mapping.merge!, existing: existing! } })} />}
        {mapping.merge && <Select label={t.missing} value={mapping.merge.missing ?? 'create'} data={[{ value: 'create', label: t.create }, { value: 'skip', label: t.leaveOut }]} allowDeselect={false} onChange={missing => onChange({ ...mapping, merge: { ...mapping.merge!, missing: missing! } })} />}
        <Select label={t.badRows} description={table ? t.badRowsHint : undefined} value={(mapping.badRows ?? 'stop').replace(/^./, c => c.toLowerCase())} data={Object.entries(t.badRowsAre).map(([value, label]) => ({ value, label }))} allowDeselect={false}
          onChange={badRows => onChange({ ...mapping, badRows: badRows! })} />
      </Group>
    </>
  )
}
