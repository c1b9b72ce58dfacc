import { ActionIcon, Group, Stack, Switch } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconEyeOff } from '@tabler/icons-react'
import type { Field } from '../api/types'
import { FieldGlyph } from '../fields/FieldGlyph'
import { AnswerInput } from '../shares/AnswerInput'
import { KeptText } from '../shell/KeptText'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import classes from './forms.module.css'
import { QuestionConditions } from './QuestionConditions'
import type { KeptQuestion } from './questions'

const t = pageTexts.forms
/** React 18 knows the attribute only as a text. */
export const inert = { inert: '' } as object

interface Props {
  question: KeptQuestion; field: Field; before: readonly Field[]; isOpen: boolean; isFirst: boolean; isLast: boolean
  onOpen: () => void; onChange: (part: Partial<KeptQuestion>) => void; onMove: (by: number) => void; onRemove: () => void
}

/** A question as it will be asked; the open one shows what can be said about it. */
export function FormQuestion({ question, field, before, isOpen, isFirst, isLast, onOpen, onChange, onMove, onRemove }: Props) {
  const required = question.required === true || (field as { constraints?: { required?: boolean } }).constraints?.required === true
  const label = question.label || field.name
  return (
    <section className={classes.question} data-open={isOpen || undefined} data-testid={`question-${field.name}`} aria-label={label}>
      {isOpen ? (
        <Stack gap="xs">
          <Group gap={6} justify="space-between">
            <Group gap={6} c="dimmed" fz="sm"><FieldGlyph type={field.type} />{field.name}</Group>
            <Group gap={0}>
              <ActionIcon variant="subtle" color="gray" disabled={isFirst} onClick={() => onMove(-1)} aria-label={texts.views.moveUp(label)}><IconArrowUp size={16} /></ActionIcon>
              <ActionIcon variant="subtle" color="gray" disabled={isLast} onClick={() => onMove(1)} aria-label={texts.views.moveDown(label)}><IconArrowDown size={16} /></ActionIcon>
              <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={t.leaveOut(label)}><IconEyeOff size={16} /></ActionIcon>
            </Group>
          </Group>
          <KeptText label={t.label} placeholder={field.name} value={question.label ?? ''} onKeep={text => onChange({ label: text.trim() || undefined })} testId="question-label" />
          <KeptText label={t.help} long value={question.help ?? ''} onKeep={text => onChange({ help: text.trim() || undefined })} testId="question-help" />
          <Switch label={t.required} checked={required} disabled={required && question.required !== true} onChange={e => onChange({ required: e.currentTarget.checked })} data-testid="question-required" />
          {before.length > 0 && <QuestionConditions before={before} when={question.when ?? []} onChange={when => onChange({ when })} />}
        </Stack>
      ) : (
        <>
          {/* As whoever fills it in sees it; here it only shows. */}
          <div {...inert}><AnswerInput question={{ field, label, help: question.help, required, when: [] }} value={undefined} onChange={() => {}} /></div>
          {(question.when?.length ?? 0) > 0 && <small className={classes.when}>{t.conditions(question.when!.length)}</small>}
          <button type="button" className={classes.cover} onClick={onOpen} aria-label={t.change(label)} data-testid={`open-question-${field.name}`} />
        </>
      )}
    </section>
  )
}
