import { ActionIcon, Tooltip } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { texts } from '../texts'

const SearchDialog = lazy(() => import('./SearchDialog').then(m => ({ default: m.SearchDialog })))

/** Ctrl+K from wherever one is. */
export function SearchButton({ base }: { base?: string }) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      event.stopPropagation()
      setOpen(now => !now)
    }
    // Before the grid, which has keys of its own.
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [])
  return (
    <>
      <Tooltip label={texts.search.hint}><ActionIcon variant="subtle" color="gray" size="lg" aria-label={texts.search.title} onClick={() => setOpen(true)} data-testid="search-everywhere"><IconSearch size={18} /></ActionIcon></Tooltip>
      <Suspense>{open && <SearchDialog base={base} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
