import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { scaled, WHOLE, type Sight } from './drawing'

const STEP = 60

/** A picture that is moved and scaled by mouse, touch and keys. A press that does not move is a click at a point of the page. */
export function useSight(onClick: (x: number, y: number) => void) {
  const [sight, setSight] = useState<Sight>(WHOLE)
  const frame = useRef<HTMLDivElement>(null)
  const held = useRef(new Map<number, { x: number; y: number }>())
  const moved = useRef(0)
  const zoom = useCallback((by: number, at?: { x: number; y: number }) => {
    const { left = 0, top = 0, width = 0, height = 0 } = frame.current?.getBoundingClientRect() ?? {}
    setSight(now => scaled(now, by, at ? at.x - left : width / 2, at ? at.y - top : height / 2))
  }, [])
  useEffect(() => {
    const element = frame.current
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      zoom(Math.exp(-event.deltaY * 0.0015), { x: event.clientX, y: event.clientY })
    }
    element?.addEventListener('wheel', wheel, { passive: false })
    return () => element?.removeEventListener('wheel', wheel)
  }, [zoom])
  const move = (x: number, y: number) => setSight(now => (now.scale === 1 ? now : { ...now, x: now.x + x, y: now.y + y }))
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      if (!held.current.size) moved.current = 0
      held.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    },
    onPointerMove: (event: PointerEvent) => {
      const was = held.current.get(event.pointerId)
      if (!was) return
      const now = { x: event.clientX, y: event.clientY }
      const other = [...held.current].find(([id]) => id !== event.pointerId)?.[1]
      if (other) zoom(Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(was.x - other.x, was.y - other.y)), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 })
      else move(now.x - was.x, now.y - was.y)
      moved.current += Math.hypot(now.x - was.x, now.y - was.y)
      held.current.set(event.pointerId, now)
    },
    onPointerUp: (event: PointerEvent) => {
      if (held.current.delete(event.pointerId) && !held.current.size && moved.current < 5) onClick(event.clientX, event.clientY)
    },
    onPointerCancel: (event: PointerEvent) => void held.current.delete(event.pointerId),
    onKeyDown: (event: KeyboardEvent) => {
      const act: Record<string, () => void> = {
        ArrowLeft: () => move(STEP, 0), ArrowRight: () => move(-STEP, 0), ArrowUp: () => move(0, STEP), ArrowDown: () => move(0, -STEP),
        '+': () => zoom(1.4), '-': () => zoom(1 / 1.4), f: () => setSight(WHOLE),
      }
      if (!act[event.key]) return
      event.preventDefault()
      act[event.key]!()
    },
  }
  return { frame, sight, setSight, zoom, handlers }
}
