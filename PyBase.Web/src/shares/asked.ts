import type { FormCondition, Question } from '../api/shares'
import type { CellValue, Field } from '../api/types'

export type Given = Readonly<Record<string, CellValue>>

/** The questions to ask whoever gave these answers: what was said to a question that is not asked counts for nothing. */
export function asked(questions: readonly Question[], given: Given): Question[] {
  const fields = new Map(questions.map(q => [q.field.id, q.field]))
  const answers: Record<string, CellValue> = {}
  return questions.filter(question => {
    if (!question.when.every(condition => holds(condition, fields.get(condition.field), answers[condition.field]))) return false
    answers[question.field.id] = given[question.field.id]
    return true
  })
}

export const isBlank = (value: CellValue) =>
  value === undefined || value === null || value === false || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)

/** As the server has it: of several in one answer one is enough. */
function holds({ operator, value = [] }: FormCondition, field: Field | undefined, answer: CellValue) {
  const said = (Array.isArray(answer) ? answer : [answer]).map(item => textOf(field, item as CellValue)).filter(text => text !== '')
  switch (operator) {
    case 'isEmpty': return said.length === 0
    case 'isNotEmpty': return said.length > 0
    case 'isNot': return !said.includes(value[0]!)
    default: return value.some(v => said.includes(v))
  }
}

/** Conditions name choices by id, answers by name. */
function textOf(field: Field | undefined, item: CellValue): string {
  if (item === undefined || item === null) return field?.type === 'checkbox' ? 'false' : ''
  return field?.options?.choices?.find(c => c.name === item)?.id ?? String(item)
}
