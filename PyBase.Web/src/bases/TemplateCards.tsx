import { SimpleGrid } from '@mantine/core'
import type { Template } from '../api/templates'
import { pageTexts } from '../pageTexts'
import { BaseMark } from './BaseMark'
import classes from './TemplateCards.module.css'

interface Props { templates: readonly Template[]; busy?: string; onChoose: (template: Template) => void }

/** Bases to begin with: each says what it is good for and which tables are in it. */
export function TemplateCards({ templates, busy, onChoose }: Props) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {templates.map(template => (
        <button key={template.id} type="button" className={classes.card} disabled={busy !== undefined} aria-busy={busy === template.id} onClick={() => onChoose(template)} data-testid={`template-${template.id}`}>
          <BaseMark id={template.id} name={template.name} size={36} />
          <span className={classes.words}>
            <b>{template.name}</b>
            <small>{template.description}</small>
            <small className={classes.tables}>{pageTexts.templates.tables(template.tables.map(table => table.name))}</small>
          </span>
        </button>
      ))}
    </SimpleGrid>
  )
}
