import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { Table } from '../api/types'
import { texts } from '../texts'
import classes from './TableTabs.module.css'

interface Props { tables: readonly Table[]; open?: string; onOpen: (id: string) => void; onNew?: () => void; menu?: ReactNode }

export function TableTabs({ tables, open, onOpen, onNew, menu }: Props) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [open])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const next = step && tables[(tables.findIndex(t => t.id === open) + step + tables.length) % tables.length]
    if (!next) return
    event.preventDefault()
    onOpen(next.id)
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus())
  }

  return (
    <nav className={classes.bar} aria-label={texts.tables.tabs}>
      <div className={classes.list} role="tablist" aria-label={texts.tables.tabs} ref={list} onKeyDown={onKeyDown}>
        {tables.map(table => (
          <button key={table.id} role="tab" type="button" className={classes.tab} aria-selected={table.id === open}
            tabIndex={table.id === open ? 0 : -1} onClick={() => onOpen(table.id)} data-testid={`tab-${table.name}`}>
            {table.name}
          </button>
        ))}
      </div>
      {menu}
      {onNew && (
        <Tooltip label={texts.tables.new}>
          <ActionIcon variant="subtle" color="gray" aria-label={texts.tables.new} onClick={onNew} data-testid="new-table"><IconPlus size={18} /></ActionIcon>
        </Tooltip>
      )}
    </nav>
  )
}
