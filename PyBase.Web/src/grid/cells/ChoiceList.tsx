import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { texts } from '../../texts'
import classes from './SelectEditor.module.css'

export type Movement = readonly [-1 | 0 | 1, -1 | 0 | 1]

export interface Option { key: string; content: ReactNode; chosen?: boolean }

interface Props {
  query: string
  onQuery: (query: string) => void
  placeholder?: string
  options: readonly Option[]
  /** With a movement the editor is to end there. */
  onTake: (key: string, movement?: Movement) => void
  /** Tab with nothing typed, Enter with nothing to take. */
  onDone: (movement: Movement) => void
  empty?: string
  above?: ReactNode
}

/** Type to find, arrows to move, Enter to take. */
export function ChoiceList({ query, onQuery, placeholder, options, onTake, onDone, empty, above }: Props) {
  const [at, setAt] = useState(0)
  const active = Math.min(at, options.length - 1)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((active + step + options.length) % Math.max(1, options.length))
    else if (event.key === 'Enter') options[active] ? onTake(options[active].key) : onDone([0, 1])
    else if (event.key === 'Tab') {
      const movement: Movement = [event.shiftKey ? -1 : 1, 0]
      if (query.trim() && options[active]) onTake(options[active].key, movement)
      else onDone(movement)
    }
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={classes.editor} onKeyDown={onKeyDown}>
      {above}
      <input className={classes.input} value={query} placeholder={placeholder ?? texts.grid.search} role="combobox" aria-expanded="true" aria-controls="choice-list" data-mantine-stop-propagation="true"
        aria-activedescendant={options[active] ? `choice-${active}` : undefined}
        onChange={e => { onQuery(e.currentTarget.value); setAt(0) }} />
      <ul ref={list} id="choice-list" role="listbox" aria-multiselectable="true" className={classes.list}>
        {options.map((option, n) => (
          <li key={option.key} id={`choice-${n}`} role="option" aria-selected={option.chosen ?? n === active} data-active={n === active || undefined} className={classes.option}
            onMouseEnter={() => setAt(n)} onMouseDown={e => e.preventDefault()} onClick={() => onTake(option.key)}>
            <span className={classes.check} aria-hidden="true">{option.chosen ? '✓' : ''}</span>
            {option.content}
          </li>
        ))}
        {options.length === 0 && <li className={classes.plain}>{empty ?? texts.grid.noChoice}</li>}
      </ul>
    </div>
  )
}
