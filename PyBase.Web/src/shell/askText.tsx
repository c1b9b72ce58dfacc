import { Button, Stack, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState, type FormEvent } from 'react'
import { texts } from '../texts'

interface Ask { title: string; label: string; value: string; onDone: (text: string) => void }

/** One short text in a dialog. */
export function askText({ title, label, value, onDone }: Ask) {
  const id = modals.open({ title, size: 'sm', children: <AskForm label={label} value={value} onDone={text => { modals.close(id); onDone(text) }} /> })
}

function AskForm({ label, value, onDone }: Omit<Ask, 'title'>) {
  const [text, setText] = useState(value)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) onDone(text.trim())
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label={label} value={text} onChange={e => setText(e.currentTarget.value)} data-autofocus data-testid="ask-text" />
        <Button type="submit" disabled={!text.trim()} data-testid="ask-submit">{texts.save}</Button>
      </Stack>
    </form>
  )
}
