import { Text } from '@mantine/core'
import { IconFileSearch, IconMathFunction } from '@tabler/icons-react'
import type { CellSource } from '../api/records'
import type { Field, Table } from '../api/types'
import { pageTexts } from '../pageTexts'
import { SourceButton, told } from './SourceButton'
import classes from './records.module.css'

const t = pageTexts.records

interface Props { base: string; table: Table; tables: readonly Table[]; field: Field; source?: CellSource; onOpen: (table: string) => void }

/** Where a value comes from: the place in a drawing that filled the cell, or what computes it. */
export function FieldOrigin({ table, tables, field, source, onOpen }: Props) {
  const rule = ruleOf(field, table, tables)
  if (rule) return <Text size="xs" c="dimmed" mt={3} className={classes.origin} data-testid={`origin-${field.name}`}><IconMathFunction size={13} aria-hidden />{rule}</Text>
  return source && (
    <SourceButton source={source} className={classes.origin} fz="xs" c="dimmed" mt={3} testId={`origin-${field.name}`} onOpen={onOpen}>
      <IconFileSearch size={13} aria-hidden />{told(source)}
    </SourceButton>
  )
}

/** A formula is kept with the ids of its fields. */
const named = (formula: string, table: Table) => formula.replace(/\{(fld\w{14})\}/g, (_, field) => `{${table.fields.find(f => f.id === field)?.name ?? field}}`)

/** How a computed field comes to its value, in words. */
function ruleOf({ type, options = {} }: Field, table: Table, tables: readonly Table[]): string | undefined {
  if (type === 'formula' && options.formula) return `= ${named(String(options.formula), table)}`
  const link = table.fields.find(f => f.id === options.recordLinkFieldId)
  if (!link) return undefined
  const far = tables.find(x => x.id === link.options?.linkedTableId)?.fields.find(f => f.id === options.fieldIdInLinkedTable)?.name ?? ''
  switch (type) {
    case 'count': return t.computedBy.count(link.name)
    case 'multipleLookupValues': return t.computedBy.multipleLookupValues(link.name, far)
    case 'rollup': return t.computedBy.rollup(link.name, far, pageTexts.fields.aggregations[String(options.formula)] ?? String(options.formula ?? ''))
    case 'recursiveRollup': return t.computedBy.recursiveRollup(link.name, far, pageTexts.fields.aggregations[`${String(options.aggregation ?? 'sum').toUpperCase()}(values)`] ?? String(options.aggregation))
    default: return undefined
  }
}
