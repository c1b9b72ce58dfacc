import type { NumberCell, ProvideEditorComponent } from '@glideapps/glide-data-grid'
import { useEffect, useRef, useState } from 'react'
import { readNumber } from '../numbers'
import { EditorKeys } from './EditorKeys'
import classes from './NumberEditor.module.css'

export const NumberEditor: ProvideEditorComponent<NumberCell> = ({ value, isHighlighted, onChange, onFinishedEditing }) => {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value.data === undefined ? '' : String(value.data))
  const unreadable = text.trim() !== '' && readNumber(text) === undefined
  useEffect(() => {
    if (isHighlighted) input.current?.select()
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    // What is not a number leaves the cell as it was.
    <EditorKeys value={unreadable ? undefined : value} onFinishedEditing={onFinishedEditing}>
      <input
        ref={input}
        className={classes.input}
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={unreadable}
        disabled={value.readonly === true}
        value={text}
        onChange={e => {
          const typed = e.currentTarget.value
          setText(typed)
          if (typed.trim() === '' || readNumber(typed) !== undefined) onChange({ ...value, data: readNumber(typed) })
        }}
      />
    </EditorKeys>
  )
}
