import { Loader, Modal, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDatabase, IconFileText, IconLayoutList, IconSearch, IconTable } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { useNavigate } from 'react-router'
import { searchBase } from '../api/search'
import { useBases } from '../bases/useBases'
import { useTables } from '../tables/useTables'
import { texts } from '../texts'
import { found, type Found } from './found'
import classes from './search.module.css'

const t = texts.search
const icons = { base: IconDatabase, table: IconTable, view: IconLayoutList, record: IconFileText }

/** One box for bases, tables, views and the records of the open base. */
export function SearchDialog({ base, onClose }: { base?: string; onClose: () => void }) {
  const navigate = useNavigate()
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const [asked] = useDebouncedValue(words.trim(), 200)
  const bases = useBases().data ?? []
  const records = useQuery({ queryKey: ['search', base, asked], enabled: base !== undefined && asked.length > 1, placeholderData: keepPreviousData, queryFn: ({ signal }) => searchBase(base!, asked, signal) })
  const tables = useTables(base ?? '', base !== undefined).data?.tables ?? []
  const all = found(words, bases, bases.find(b => b.id === base), tables, asked.length > 1 ? (records.data?.results ?? []) : [])
  const go = (one: Found | undefined) => {
    if (!one) return
    onClose()
    void navigate(one.to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && all.length) {
      event.preventDefault()
      const next = (Math.min(at, all.length - 1) + step + all.length) % all.length
      setAt(next)
      document.getElementById(`found-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') go(all[Math.min(at, all.length - 1)])
  }
  const open = Math.min(at, all.length - 1)
  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size="lg" yOffset="12vh" centered={false} aria-label={t.title} data-testid="search-dialog">
      <TextInput variant="unstyled" size="lg" px="md" leftSection={<IconSearch size={19} />} rightSection={records.isFetching ? <Loader size="xs" /> : null} placeholder={base ? t.placeholder : t.placeholderBases} aria-label={t.title} value={words} data-autofocus
        role="combobox" aria-expanded aria-controls="found" aria-activedescendant={all.length ? `found-${open}` : undefined} onChange={e => { setWords(e.currentTarget.value); setAt(0) }} onKeyDown={onKeyDown} data-testid="search-words" />
      <div id="found" role="listbox" aria-label={t.results} className={classes.list}>
        {all.map((one, n) => {
          const Icon = icons[one.kind]
          return (
            <div key={one.key} id={`found-${n}`} role="option" aria-selected={n === open} className={classes.one} onClick={() => go(one)} onMouseMove={() => setAt(n)} data-testid={`found-${one.kind}`}>
              <Icon size={17} /><b>{one.name || texts.grid.unnamed}</b><span>{one.detail}</span><small>{t.kinds[one.kind]}</small>
            </div>
          )
        })}
      </div>
      {!all.length && <Text c="dimmed" size="sm" p="lg" ta="center">{records.isFetching ? texts.loading : t.nothing}</Text>}
    </Modal>
  )
}
