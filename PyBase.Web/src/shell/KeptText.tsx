import { Textarea, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'

interface Props { label: string; hideLabel?: boolean; description?: string; placeholder?: string; value: string; long?: boolean; type?: string; error?: string; size?: string; variant?: string; testId?: string; className?: string; onKeep: (text: string) => void }

/** A text that is kept when somebody pauses, and when they leave. */
export function KeptText({ label, hideLabel, value, long, onKeep, testId, ...rest }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const keep = useDebouncedCallback((text: string) => onKeep(text), { delay: 600, flushOnUnmount: true })
  const common = {
    ...rest, ...(hideLabel ? { 'aria-label': label } : { label }), value: typed ?? value, 'data-testid': testId,
    onChange: (event: { currentTarget: { value: string } }) => { setTyped(event.currentTarget.value); keep(event.currentTarget.value) },
    onBlur: () => { keep.flush(); setTyped(null) },
  }
  return long ? <Textarea {...common} autosize minRows={1} maxRows={10} /> : <TextInput {...common} />
}
