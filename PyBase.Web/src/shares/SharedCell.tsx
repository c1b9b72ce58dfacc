import { Anchor, useComputedColorScheme } from '@mantine/core'
import type { Attachment, CellValue, Field } from '../api/types'
import { display } from '../fields/display'
import { shownAs } from '../fields/shownAs'
import { choicePaint } from '../grid/choiceColours'
import classes from './shares.module.css'

export function SharedCell({ field, value }: { field: Field; value: CellValue }) {
  const dark = useComputedColorScheme('light') === 'dark'
  if (value === undefined || value === null) return null
  const { type } = shownAs(field)
  if (field.type === 'multipleRecordLinks') return <span className={classes.cell}>{String(value)}</span>
  if (field.options?.choices) {
    return (Array.isArray(value) ? value : [value]).map(String).map(name => {
      const { back, ink } = choicePaint(field.options?.choices?.find(c => c.name === name)?.color, dark)
      return <span key={name} className={classes.pill} style={{ background: back, color: ink }}>{name}</span>
    })
  }
  if (type === 'multipleAttachments' && Array.isArray(value))
    return <span className={classes.cell}>{(value as Attachment[]).map(file => <Anchor key={file.id} href={file.url} target="_blank" rel="noreferrer" size="sm" mr={8}>{file.filename}</Anchor>)}</span>
  if (type === 'url' && typeof value === 'string' && /^https?:\/\//i.test(value))
    return <Anchor href={value} target="_blank" rel="noreferrer nofollow" size="sm" className={classes.cell}>{value}</Anchor>
  if (type === 'rating' && typeof value === 'number') return <span aria-label={String(value)}>{'★'.repeat(value)}</span>
  return <span className={classes.cell}>{display(field, value)}</span>
}
