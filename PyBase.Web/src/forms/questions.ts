import type { FormCondition } from '../api/shares'
import type { Field, Table } from '../api/types'
import type { ViewSettings } from '../api/views'
import { isComputed } from '../fields/shownAs'
import { isAnswerable } from '../shares/answerable'
import { orderedFields } from '../views/shownFields'

/** A question as the settings of a form keep it. */
export interface KeptQuestion { field: string; label?: string; help?: string; required?: boolean; when?: FormCondition[] }

/** What a stranger can answer at all. */
export const canAsk = (field: Field) => !isComputed(field.type) && isAnswerable(field)

/** The questions of a form, in order; one that was never set up asks for what its view shows. */
export function questionsOf(table: Table, settings: ViewSettings): KeptQuestion[] {
  const kept = settings.options?.fields as KeptQuestion[] | undefined
  if (kept) return kept.filter(q => table.fields.some(f => f.id === q.field))
  return orderedFields(table, settings).filter(f => !f.hidden && canAsk(f.field)).map(f => ({ field: f.field.id }))
}

/** A condition goes by questions before it: what a change of order puts behind takes its conditions along. */
export function inOrder(questions: readonly KeptQuestion[]): KeptQuestion[] {
  return questions.map((question, n) => {
    const when = question.when?.filter(c => questions.slice(0, n).some(q => q.field === c.field))
    const { when: _, ...rest } = question
    return when?.length ? { ...rest, when } : rest
  })
}

export function moved(questions: readonly KeptQuestion[], from: number, to: number): KeptQuestion[] {
  const after = [...questions]
  const [question] = after.splice(from, 1)
  after.splice(to, 0, question!)
  return inOrder(after)
}
