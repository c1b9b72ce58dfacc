import { useEffect } from 'react'
import { texts } from '../texts'

export function useTitle(...parts: (string | undefined)[]) {
  const title = [...parts.filter(Boolean), texts.product].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
