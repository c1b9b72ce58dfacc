import type { ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { texts } from '../../texts'
import { choicePaint } from '../choiceColours'
import type { SelectCell } from './SelectCell'
import { EditorKeys } from './EditorKeys'
import classes from './SelectEditor.module.css'

/** Type to find, arrows to move, Enter to take; a name that is not there yet becomes a new choice. */
export const SelectEditor: ProvideEditorComponent<SelectCell> = ({ value, initialValue, onFinishedEditing }) => {
  const dark = useComputedColorScheme('light') === 'dark'
  const [query, setQuery] = useState(initialValue ?? '')
  const wanted = query.trim().toLowerCase()
  const found = value.data.choices.filter(c => c.name.toLowerCase().includes(wanted))
  const isNew = wanted !== '' && !value.data.choices.some(c => c.name.toLowerCase() === wanted)
  const options: { name: string; label: string; color?: string; plain?: boolean }[] = [
    ...found.map(c => ({ name: c.name, label: c.name, color: c.color })),
    ...(isNew ? [{ name: query.trim(), label: texts.grid.newChoice(query.trim()), plain: true }] : []),
    ...(!wanted && value.data.name ? [{ name: '', label: texts.grid.clearChoice, plain: true }] : []),
  ]
  const [at, setAt] = useState(() => Math.max(0, options.findIndex(o => o.name === value.data.name)))
  const active = Math.min(at, options.length - 1)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const take = (name: string, movement: readonly [-1 | 0 | 1, -1 | 0 | 1] = [0, 0]) =>
    onFinishedEditing({ ...value, copyData: name, data: { ...value.data, name } }, movement)

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((active + step + options.length) % Math.max(1, options.length))
    else if (event.key === 'Enter' && options[active]) take(options[active].name, [0, 1])
    else if (event.key === 'Tab' && options[active]) take(options[active].name, [event.shiftKey ? -1 : 1, 0])
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <EditorKeys value={value} onFinishedEditing={onFinishedEditing}>
      <div className={classes.editor} onKeyDown={onKeyDown}>
        <input
            className={classes.input}
          value={query}
          placeholder={value.data.name || texts.grid.search}
          role="combobox"
          aria-expanded="true"
          aria-controls="choice-list"
          aria-activedescendant={options[active] ? `choice-${active}` : undefined}
          onChange={e => { setQuery(e.currentTarget.value); setAt(0) }}
        />
        <ul ref={list} id="choice-list" role="listbox" className={classes.list}>
          {options.map((option, n) => {
            const paint = choicePaint(option.color, dark)
            return (
              <li key={option.label} id={`choice-${n}`} role="option" aria-selected={n === active} className={classes.option}
                onMouseEnter={() => setAt(n)} onClick={() => take(option.name)}>
                {option.plain ? <span className={classes.plain}>{option.label}</span>
                  : <span className={classes.pill} style={{ background: paint.back, color: paint.ink }}>{option.label}</span>}
              </li>
            )
          })}
          {options.length === 0 && <li className={classes.plain}>{texts.grid.noChoice}</li>}
        </ul>
      </div>
    </EditorKeys>
  )
}
