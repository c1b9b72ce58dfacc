import { Alert, Button, Stack, Text, Title } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { mutationId } from '../api/mutationId'
import { problemFrom, type Problem } from '../api/problem'
import { submitForm, type Door, type Form } from '../api/shares'
import type { CellValue } from '../api/types'
import { base64 } from '../records/base64'
import { pageTexts } from '../pageTexts'
import { isAnswerable } from './answerable'
import { AnswerInput, written } from './AnswerInput'
import { asked, isBlank } from './asked'
import { Notice } from './Notice'
import classes from './shares.module.css'

const t = pageTexts.shares

interface Props { door: Door; name: string; form: Form; proof: string; onAgain: () => void }

export function SharedForm({ door, name, form, proof, onAgain }: Props) {
  const [given, setGiven] = useState<Record<string, CellValue>>({})
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [state, setState] = useState<'open' | 'busy' | { said: string | null }>('open')
  const [website, setWebsite] = useState('')
  const sheet = useRef<HTMLFormElement>(null)
  // The same for as long as the answers are: what is sent twice makes one record.
  const key = useRef('')

  if (!form.open) return <Notice title={t.closed}>{form.closedText ?? t.closedLead}</Notice>
  if (typeof state === 'object') return <Notice title={t.thanks} action={<Button mt="lg" variant="default" onClick={onAgain} data-testid="form-again">{t.again}</Button>}>{state.said ?? t.thanksLead}</Notice>

  const questions = asked(form.questions, given)
  const answer = (field: string, value: CellValue, fault?: string) => {
    key.current = ''
    setGiven(now => ({ ...now, [field]: value }))
    setFaults(({ [field]: _, ...others }) => (fault ? { ...others, [field]: fault } : others))
  }
  const refuse = (found: Record<string, string>, why: Problem | null) => {
    setFaults(found)
    setProblem(why)
    setState('open')
    const first = questions.find(q => found[q.field.id])
    if (first) requestAnimationFrame(() => sheet.current?.querySelector<HTMLElement>(`[data-field="${first.field.id}"]`)?.querySelector<HTMLElement>('input, textarea, button')?.focus())
  }
  async function submit(event: FormEvent) {
    event.preventDefault()
    const left = Object.fromEntries(questions.flatMap(({ field, required }) =>
      given[field.id] === undefined && faults[field.id] && faults[field.id] !== t.needed ? [[field.id, faults[field.id]!]] : required && isAnswerable(field) && isBlank(given[field.id]) ? [[field.id, t.needed]] : []))
    if (Object.keys(left).length) return refuse(left, null)
    setState('busy')
    setProblem(null)
    try {
      const answers = questions.filter(q => !isBlank(given[q.field.id]))
      const files = await Promise.all(answers.filter(q => q.field.type === 'multipleAttachments').map(async q => [q.field.id,
        await Promise.all((given[q.field.id] as File[]).map(async file => ({ filename: file.name, contentType: file.type || 'application/octet-stream', file: await base64(file) })))] as const))
      const fields = Object.fromEntries(answers.filter(q => q.field.type !== 'multipleAttachments').map(q => [q.field.id, written(q.field, given[q.field.id])]))
      key.current ||= mutationId()
      const done = await submitForm(door, { fields, files: Object.fromEntries(files), proof, website }, key.current)
      setState({ said: done.message ?? null })
      scrollTo(0, 0)
      if (done.redirectUrl && /^https?:/i.test(done.redirectUrl)) location.assign(done.redirectUrl)
    } catch (error) {
      const why = problemFrom(error)
      // A value that a field does not take is told with the field's name alone.
      const refused = why.code === 'invalid-value-for-column' ? questions.find(q => why.message.includes(`"${q.field.name}"`)) : undefined
      const placed = refused ? { [refused.field.id]: why.hint ?? why.message } : Object.fromEntries(Object.entries(why.fields).flatMap(([place, message]) => {
        const question = questions.find(q => place.includes(q.field.id) || place === q.field.name)
        return question ? [[question.field.id, message] as const] : []
      }))
      refuse(placed, Object.keys(placed).length ? null : why)
    }
  }
  return (
    <div className={classes.formPage}>
      <main className={classes.sheet}>
        {form.coverImageUrl && <img src={form.coverImageUrl} alt="" className={classes.cover} onError={e => e.currentTarget.remove()} />}
        <form ref={sheet} noValidate className={classes.inside} onSubmit={event => void submit(event)} aria-busy={state === 'busy'}>
          <Title order={1} fz={28}>{form.title ?? name}</Title>
          {form.description && <Text mt={8} c="dimmed" className={classes.lines}>{form.description}</Text>}
          <Stack mt={28} gap={24}>
            {questions.filter(q => q.required || isAnswerable(q.field)).map(question => (
              <div key={question.field.id} data-field={question.field.id}>
                <AnswerInput question={question} value={given[question.field.id]} fault={faults[question.field.id]} onChange={(value, fault) => answer(question.field.id, value, fault)} />
              </div>
            ))}
            <label className={classes.website} aria-hidden="true">Website<input tabIndex={-1} autoComplete="off" value={website} onChange={e => setWebsite(e.currentTarget.value)} /></label>
            {(problem || Object.keys(faults).length > 0) && <Alert color="red" role="alert" title={problem?.message ?? t.faults}>{problem?.hint}</Alert>}
            <Button type="submit" size="md" w="fit-content" loading={state === 'busy'} data-testid="form-submit">{form.submitText ?? t.submit}</Button>
          </Stack>
        </form>
      </main>
      {form.showBranding !== false && <small className={classes.made}>{t.madeWith}</small>}
    </div>
  )
}
