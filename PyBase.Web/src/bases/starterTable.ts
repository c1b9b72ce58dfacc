import type { NewTable } from '../api/types'
import { colourOfNewChoice } from '../grid/choiceColours'
import { texts } from '../texts'

const t = texts.starter
const colours = ['grayLight2', 'yellowLight2', 'greenLight2']

/** What a new base begins with: enough to see what a table can hold. */
export const starterTable = (): NewTable => ({
  name: t.table,
  fields: [
    { name: t.partNumber, type: 'singleLineText' },
    { name: t.description, type: 'multilineText' },
    { name: t.quantity, type: 'number', options: { precision: 0 } },
    { name: t.made, type: 'checkbox', options: { icon: 'check', color: 'greenBright' } },
    { name: t.status, type: 'singleSelect', options: { choices: t.statuses.map((name, n) => ({ name, color: colours[n] ?? colourOfNewChoice(n) })) as never } },
    { name: t.dueDate, type: 'date', options: { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } } },
  ],
})
