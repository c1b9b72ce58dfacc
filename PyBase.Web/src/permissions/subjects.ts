import type { Person } from '../api/types'
import { pageTexts } from '../pageTexts'

export const ruledRoles = ['editor', 'commenter', 'viewer'] as const

/** Whom a rule can be about. */
export const subjectsOf = (people: readonly Person[]) => [...ruledRoles.map(value => ({ value: value as string, label: pageTexts.rules.roles[value] })), ...people.map(p => ({ value: p.id, label: p.name || p.email }))]
export const nameOf = (to: string, people: readonly Person[]) => subjectsOf(people).find(s => s.value === to)?.label ?? pageTexts.rules.somebody
