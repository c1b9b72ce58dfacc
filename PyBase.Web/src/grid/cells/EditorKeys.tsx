import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'

type Movement = readonly [-1 | 0 | 1, -1 | 0 | 1]

interface Props<T> { value: T | undefined; onFinishedEditing: (value?: T, movement?: Movement) => void; children: ReactNode }

/** So long after it has opened, an editor takes the focus back. */
const SETTLING = 600

/**
 * Around every editor, for what the grid's own overlay gets wrong on a busy machine:
 * - Enter, Tab and Escape end the editor at once. The overlay does it a timeout later, and the timeout of an earlier letter may
 *   come first and end it without saving.
 * - The second click of a double click, or the grid's accessibility tree, may take the focus from an editor that just opened.
 */
export function EditorKeys<T>({ value, onFinishedEditing, children }: Props<T>) {
  const box = useRef<HTMLDivElement>(null)
  const opened = useRef(0)
  const done = useRef(false)
  const focus = () => {
    if (!done.current) box.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }
  useEffect(() => {
    opened.current = performance.now()
    focus()
    const frame = requestAnimationFrame(focus)
    return () => cancelAnimationFrame(frame)
  }, [])

  const finish = (now: T | undefined, movement: Movement) => {
    done.current = true
    onFinishedEditing(now, movement)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    // Enter also ends the composition of a letter; that one is not ours.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) finish(value, [0, 1])
    else if (event.key === 'Tab') finish(value, [event.shiftKey ? -1 : 1, 0])
    else if (event.key === 'Escape') finish(undefined, [0, 0])
    else return
    event.preventDefault()
  }
  const onBlur = () => {
    if (performance.now() - opened.current < SETTLING) requestAnimationFrame(focus)
  }
  return <div ref={box} onKeyDown={onKeyDown} onBlur={onBlur} style={{ width: '100%' }}>{children}</div>
}
