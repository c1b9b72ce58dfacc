import { Select } from '@mantine/core'
import { useState } from 'react'
import type { Access, FieldRule } from '../api/rules'
import type { Person, Table } from '../api/types'
import { isComputed } from '../fields/shownAs'
import { pageTexts } from '../pageTexts'
import classes from './permissions.module.css'
import { nameOf, ruledRoles } from './subjects'

const t = pageTexts.rules

/** Each field against each role, and against people who have rules of their own. */
export function FieldRules({ table, people, rules, onChange }: { table: Table; people: readonly Person[]; rules: readonly FieldRule[]; onChange: (rules: FieldRule[]) => void }) {
  const [added, setAdded] = useState<string[]>([])
  const named = [...new Set([...rules.map(r => r.to).filter(to => !(ruledRoles as readonly string[]).includes(to)), ...added])]
  const columns = [...ruledRoles, ...named]
  const set = (field: string, to: string, access: string) => onChange([...rules.filter(r => r.field !== field || r.to !== to), ...(access ? [{ field, to, access: access as Access }] : [])])
  const free = people.filter(p => !named.includes(p.id))
  return (
    <section>
      <h2 className={classes.label}>{t.fields}</h2>
      <div className={classes.scroll}>
        <table className={classes.table} data-testid="field-rules">
          <thead><tr><th scope="col">{t.field}</th>{columns.map(to => <th key={to} scope="col">{nameOf(to, people)}</th>)}</tr></thead>
          <tbody>
            {table.fields.map(field => {
              const isPrimary = field.id === table.primaryFieldId
              return (
                <tr key={field.id}>
                  <th scope="row">{field.name}</th>
                  {columns.map(to => (
                    <td key={to}>
                      <Select size="xs" w={150} variant="filled" allowDeselect={false} aria-label={t.accessOf(field.name, nameOf(to, people))} value={rules.find(r => r.field === field.id && r.to === to)?.access ?? ''} onChange={access => set(field.id, to, access ?? '')} data-testid={`rule-${field.name}-${to}`}
                        data={[{ value: '', label: t.asRole }, { value: 'none', label: t.none, disabled: isPrimary }, { value: 'read', label: t.read }, ...(to === 'editor' || !ruledRoles.includes(to as 'editor') ? [{ value: 'write', label: t.write, disabled: isComputed(field.type) }] : [])]} />
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {free.length > 0 && <Select mt="xs" w={260} size="sm" searchable aria-label={t.addPerson} placeholder={t.addPerson} value={null} data={free.map(p => ({ value: p.id, label: p.name || p.email }))} onChange={id => id && setAdded([...added, id])} data-testid="rules-person" />}
    </section>
  )
}
