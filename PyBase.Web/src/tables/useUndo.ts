import { notifications } from '@mantine/notifications'
import { useCallback, useEffect, useRef } from 'react'
import { redo, undo, type UndoAnswer } from '../api/history'
import { tellProblem } from '../shell/tell'
import { texts } from '../texts'

const t = texts.undo

export type Undo = (isRedo: boolean) => void

/** Ctrl+Z takes back one's own last action, Ctrl+Shift+Z or Ctrl+Y does it again; what somebody types in is left to the browser. */
export function useUndo(base: string, mayEdit: boolean): Undo {
  const busy = useRef(false)
  const act = useCallback<Undo>(isRedo => {
    if (busy.current) return
    busy.current = true
    void (isRedo ? redo(base) : undo(base)).then(answer => tell(answer, isRedo), tellProblem).finally(() => (busy.current = false))
  }, [base])
  useEffect(() => {
    if (!mayEdit) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return
      const key = event.key.toLowerCase()
      const isRedo = key === 'y' || (key === 'z' && event.shiftKey)
      if (!isRedo && key !== 'z') return
      event.preventDefault()
      act(isRedo)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [act, mayEdit])
  return act
}

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

function tell(answer: UndoAnswer, isRedo: boolean) {
  // An action of many requests is told as one.
  const done = (isRedo ? answer.redone : answer.undone) ?? []
  const changed = done.reduce((sum, part) => sum + part.cells + part.links + part.recordsRestored + part.recordsDeleted + part.definitions, 0)
  notifications.show({
    id: 'undo', autoClose: 4000, withBorder: true,
    title: !done.length ? (isRedo ? t.nothingToRedo : t.nothingToUndo) : isRedo ? t.redone(changed) : t.undone(changed),
    message: answer.leftCount ? t.left(answer.leftCount, [...new Set(answer.left.flatMap(l => l.by?.name ?? []))].join(', ')) : '',
    color: answer.leftCount ? 'orange' : undefined,
  })
}
