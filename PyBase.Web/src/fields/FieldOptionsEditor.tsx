import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import type { Table } from '../api/types'
import { pageTexts } from '../pageTexts'
import { ChoicesEditor } from './ChoicesEditor'
import type { FieldForm } from './fieldForm'
import { FormulaEditor } from './FormulaEditor'

const t = pageTexts.fields

interface Props { form: FieldForm; table: Table; tables: readonly Table[]; isNew: boolean; onChange: (part: Partial<FieldForm>) => void }

/** What the chosen type asks for. */
export function FieldOptionsEditor({ form, table, tables, isNew, onChange }: Props) {
  const { type, options } = form
  const set = (name: string, value: unknown) => onChange({ options: { ...options, [name]: value } })
  const precision = <NumberInput label={t.decimals} min={0} max={8} value={Number(options.precision ?? (type === 'currency' ? 2 : 0))} onChange={n => set('precision', Number(n) || 0)} />
  switch (type) {
    case 'number': case 'percent':
      return precision
    case 'currency':
      return <>{precision}<TextInput label={t.symbol} maxLength={8} value={String(options.symbol ?? '€')} onChange={e => set('symbol', e.currentTarget.value)} /></>
    case 'duration':
      return <Select label={t.format} allowDeselect={false} value={String(options.durationFormat ?? 'h:mm')} data={['h:mm', 'h:mm:ss', 'h:mm:ss.S', 'h:mm:ss.SS', 'h:mm:ss.SSS']} onChange={v => set('durationFormat', v)} />
    case 'rating':
      return <NumberInput label={t.most} min={1} max={10} value={Number(options.max ?? 5)} onChange={n => set('max', Number(n) || 5)} />
    case 'dateTime':
      return <Select label={t.zone} allowDeselect={false} searchable value={String(options.timeZone ?? 'client')} onChange={v => set('timeZone', v)}
        data={[{ value: 'client', label: t.zoneClient }, { value: 'utc', label: 'UTC' }, ...Intl.supportedValuesOf('timeZone').map(z => ({ value: z, label: z }))]} />
    case 'singleSelect': case 'multipleSelects':
      return <ChoicesEditor form={form} onChange={onChange} />
    case 'multipleRecordLinks':
      return (
        <>
          <Select label={t.linkedTable} value={String(options.linkedTableId ?? '') || null} disabled={!isNew} data={tables.map(x => ({ value: x.id, label: x.name }))} data-testid="field-linked"
            onChange={linked => set('linkedTableId', linked)} />
          <Checkbox label={t.single} checked={options.prefersSingleRecordLink === true} onChange={e => set('prefersSingleRecordLink', e.currentTarget.checked)} />
        </>
      )
    case 'multipleLookupValues': case 'rollup': case 'count': case 'recursiveRollup':
      return <LinkedOptions form={form} table={table} tables={tables} set={set} />
    case 'formula':
      return <FormulaEditor value={String(options.formula ?? '')} table={table} onChange={formula => set('formula', formula)} />
    case 'button':
      return (
        <>
          <TextInput label={t.buttonLabel} value={String(options.label ?? '')} onChange={e => set('label', e.currentTarget.value)} />
          <FormulaEditor label={t.buttonUrl} value={String(options.url ?? '')} table={table} onChange={url => set('url', url)} />
        </>
      )
    case 'quantity':
      return <TextInput label={t.unit} description={t.unitHint} placeholder="mm" data-testid="field-unit" value={String(options.unit ?? '')} onChange={e => set('unit', e.currentTarget.value)} />
    case 'revision':
      return <Select label={t.revisionScheme} allowDeselect={false} value={String(options.scheme ?? 'any')} data={Object.entries(t.revisionSchemes).map(([value, label]) => ({ value, label }))} onChange={v => set('scheme', v)} />
    default:
      return null
  }
}

const aggregations = ['SUM(values)', 'AVERAGE(values)', 'MIN(values)', 'MAX(values)', 'COUNTA(values)', 'ARRAYJOIN(ARRAYUNIQUE(values), ", ")', 'AND(values)', 'OR(values)']

/** A link, and what is taken from the records behind it. */
function LinkedOptions({ form: { type, options }, table, tables, set }: Pick<Props, 'form' | 'table' | 'tables'> & { set: (name: string, value: unknown) => void }) {
  const isTree = type === 'recursiveRollup'
  const links = table.fields.filter(f => f.type === 'multipleRecordLinks' && (!isTree || f.options?.linkedTableId === table.id))
  const link = links.find(f => f.id === options.recordLinkFieldId)
  const far = tables.find(x => x.id === link?.options?.linkedTableId)
  const formula = String(options.formula ?? aggregations[0])
  return (
    <>
      <Select label={isTree ? t.selfLink : t.link} description={links.length === 0 ? t.noLinks : undefined} value={link?.id ?? null} data={links.map(f => ({ value: f.id, label: f.name }))} data-testid="field-link"
        onChange={v => set('recordLinkFieldId', v)} />
      {type !== 'count' && (
        <Select label={t.farField} searchable disabled={!far} value={String(options.fieldIdInLinkedTable ?? '') || null} data={(far?.fields ?? []).map(f => ({ value: f.id, label: f.name }))} data-testid="field-far"
          onChange={v => set('fieldIdInLinkedTable', v)} />
      )}
      {type === 'rollup' && (
        <Select label={t.aggregation} allowDeselect={false} value={aggregations.includes(formula) ? formula : 'own'} onChange={v => set('formula', v === 'own' ? 'SUM(values) * 1' : v)} data-testid="field-aggregation"
          data={[...aggregations.map(a => ({ value: a, label: t.aggregations[a] ?? a })), { value: 'own', label: t.ownFormula }]} />
      )}
      {type === 'rollup' && !aggregations.includes(formula) && <Textarea label={t.formula} autosize value={formula} onChange={e => set('formula', e.currentTarget.value)} styles={{ input: { fontFamily: 'monospace' } }} />}
      {isTree && (
        <>
          <Select label={t.treeQuantity} clearable value={String(options.quantityFieldId ?? '') || null} data={table.fields.filter(f => f.type === 'number').map(f => ({ value: f.id, label: f.name }))} onChange={v => set('quantityFieldId', v ?? undefined)} />
          <Select label={t.aggregation} allowDeselect={false} value={String(options.aggregation ?? 'sum')} data={['sum', 'min', 'max', 'count']} onChange={v => set('aggregation', v)} />
        </>
      )}
    </>
  )
}
