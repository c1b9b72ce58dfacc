import { useEffect, useRef } from 'react'

/** The grid takes the focus back while its editor opens; an editor takes it a frame later, and keeps it. */
export function useFocus<T extends HTMLElement>() {
  const ref = useRef<T>(null)
  useEffect(() => {
    ref.current?.focus()
    const frame = requestAnimationFrame(() => ref.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [])
  return ref
}
