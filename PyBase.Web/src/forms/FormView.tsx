import { Button, Group, Text } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Table } from '../api/types'
import type { SettingsChange, View } from '../api/views'
import { KeptText } from '../shell/KeptText'
import { pageTexts } from '../pageTexts'
import { FormOptions } from './FormOptions'
import { FormQuestion, inert } from './FormQuestion'
import classes from './forms.module.css'
import { canAsk, inOrder, moved, questionsOf, type KeptQuestion } from './questions'

const ShareDialog = lazy(() => import('../shares/ShareDialog').then(m => ({ default: m.ShareDialog })))
const t = pageTexts.forms

/** A form as it is put together: it looks as it will to whoever fills it in. */
export function FormView({ base, table, view, mayDesign, onSettings }: { base: string; table: Table; view: View; mayDesign: boolean; onSettings: (settings: SettingsChange) => void }) {
  const [open, setOpen] = useState<string | null>(null)
  const [sharing, setSharing] = useState(false)
  const options = view.settings.options ?? {}
  const questions = questionsOf(table, view.settings)
  const change = (part: Record<string, unknown>) => onSettings({ options: Object.fromEntries(Object.entries({ fields: questions, ...options, ...part }).filter(([, value]) => value !== null)) })
  const ask = (now: readonly KeptQuestion[]) => change({ fields: inOrder(now) })
  const fieldOf = (id: string) => table.fields.find(f => f.id === id)!
  const left = table.fields.filter(f => canAsk(f) && !questions.some(q => q.field === f.id))
  return (
    <div className={classes.page} data-testid="form-view">
      <main className={classes.sheet} {...(mayDesign ? {} : inert)}>
        <KeptText label={t.title} hideLabel variant="unstyled" className={classes.title} placeholder={view.name} value={String(options.title ?? '')} onKeep={title => change({ title: title.trim() || null })} testId="form-title" />
        <KeptText label={t.description} hideLabel long variant="unstyled" placeholder={t.descriptionHint} value={String(options.description ?? '')} onKeep={text => change({ description: text.trim() || null })} testId="form-description" />
        <div className={classes.questions}>
          {questions.map((question, n) => (
            <FormQuestion key={question.field} question={question} field={fieldOf(question.field)} before={questions.slice(0, n).map(q => fieldOf(q.field))} isOpen={open === question.field} isFirst={n === 0} isLast={n === questions.length - 1}
              onOpen={() => setOpen(question.field)} onMove={by => ask(moved(questions, n, n + by))} onRemove={() => ask(questions.filter(q => q !== question))}
              onChange={now => ask(questions.map(q => (q === question ? now : q)))} />
          ))}
          {questions.length === 0 && <Text c="dimmed">{t.none}</Text>}
        </div>
        <KeptText label={t.submitText} value={String(options.submitText ?? '')} placeholder={pageTexts.shares.submit} onKeep={text => change({ submitText: text.trim() || null })} />
      </main>
      {mayDesign && (
        <aside className={classes.side} aria-label={t.settings}>
          <Group mb="md"><Button fullWidth leftSection={<IconShare size={16} />} onClick={() => setSharing(true)} data-testid="form-share">{t.share}</Button></Group>
          <FormOptions options={options} left={left} onAsk={field => { ask([...questions, { field: field.id }]); setOpen(field.id) }} onChange={change} />
        </aside>
      )}
      <Suspense>{sharing && <ShareDialog base={base} thing={{ kind: 'form', id: view.id, name: view.name }} onClose={() => setSharing(false)} />}</Suspense>
    </div>
  )
}
