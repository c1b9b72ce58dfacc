import { Button, Group, Text } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Table } from '../api/types'
import type { SettingsChange, View } from '../api/views'
import { KeptText } from '../shell/KeptText'
import { pageTexts } from '../pageTexts'
import { viewsKey } from '../views/useViews'
import { FormOptions } from './FormOptions'
import { FormQuestion, inert } from './FormQuestion'
import classes from './forms.module.css'
import { canAsk, inOrder, moved, questionsOf, type KeptQuestion } from './questions'

const ShareDialog = lazy(() => import('../shares/ShareDialog').then(m => ({ default: m.ShareDialog })))
const t = pageTexts.forms

/** A form as it is put together: it looks as it will to whoever fills it in. */
export function FormView({ base, table, view, mayDesign, onSettings }: { base: string; table: Table; view: View; mayDesign: boolean; onSettings: (settings: SettingsChange) => void }) {
  const queries = useQueryClient()
  const [open, setOpen] = useState<string | null>(null)
  const [sharing, setSharing] = useState(false)
  const options = view.settings.options ?? {}
  const questions = questionsOf(table, view.settings)
  // What was said a moment ago may not be on the page yet: who leaves a text by clicking something has said two things at once.
  const now = () => queries.getQueryData<View[]>(viewsKey(table.id))?.find(v => v.id === view.id)?.settings ?? view.settings
  const change = (part: Record<string, unknown>) => onSettings({ options: Object.fromEntries(Object.entries({ fields: questionsOf(table, now()), ...now().options, ...part }).filter(([, value]) => value !== null)) })
  const ask = (step: (questions: readonly KeptQuestion[]) => readonly KeptQuestion[]) => change({ fields: inOrder(step(questionsOf(table, now()))) })
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
              onOpen={() => setOpen(question.field)} onMove={by => ask(all => moved(all, n, n + by))} onRemove={() => ask(all => all.filter(q => q.field !== question.field))}
              onChange={part => ask(all => all.map(q => (q.field === question.field ? { ...q, ...part } : q)))} />
          ))}
          {questions.length === 0 && <Text c="dimmed">{t.none}</Text>}
        </div>
        <KeptText label={t.submitText} value={String(options.submitText ?? '')} placeholder={pageTexts.shares.submit} onKeep={text => change({ submitText: text.trim() || null })} />
      </main>
      {mayDesign && (
        <aside className={classes.side} aria-label={t.settings}>
          <Group mb="md"><Button fullWidth leftSection={<IconShare size={16} />} onClick={() => setSharing(true)} data-testid="form-share">{t.share}</Button></Group>
          <FormOptions options={options} left={left} onAsk={field => { ask(all => [...all, { field: field.id }]); setOpen(field.id) }} onChange={change} />
        </aside>
      )}
      <Suspense>{sharing && <ShareDialog base={base} thing={{ kind: 'form', id: view.id, name: view.name }} onClose={() => setSharing(false)} />}</Suspense>
    </div>
  )
}
