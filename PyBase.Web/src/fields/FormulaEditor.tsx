import { Combobox, Text, Textarea, useCombobox } from '@mantine/core'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Table } from '../api/types'
import { pageTexts } from '../pageTexts'
import { wordAt } from './formulaWord'
import { functions } from './functions'

const t = pageTexts.fields

interface Props { value: string; table: Table; label?: string; onChange: (formula: string) => void }

/** A formula with completion of fields (after a brace) and of functions; what is wrong with it the server says. */
export function FormulaEditor({ value, table, label = t.formula, onChange }: Props) {
  const box = useRef<HTMLTextAreaElement>(null)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const [caret, setCaret] = useState(value.length)
  const { word, start, isField } = wordAt(value, caret)
  const found = word.length === 0 && !isField ? []
    : isField ? table.fields.filter(f => f.name.toLowerCase().includes(word.toLowerCase())).slice(0, 12).map(f => ({ key: `{${f.name.replaceAll('}', '\\}')}}`, hint: pageTexts.fields.types[f.type] ?? f.type }))
    : functions.filter(([name]) => name.startsWith(word.toUpperCase()) && name !== word.toUpperCase()).slice(0, 12).map(([name, hint]) => ({ key: `${name}(`, hint }))

  const take = (text: string) => {
    const behind = start + text.length
    // At once: what is typed on must not find the caret elsewhere, nor have it moved under it.
    flushSync(() => {
      onChange(value.slice(0, start) + text + value.slice(caret))
      setCaret(behind)
    })
    combobox.closeDropdown()
    box.current?.focus()
    box.current?.setSelectionRange(behind, behind)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={take} withinPortal={false}>
      <Combobox.Target>
        <Textarea ref={box} label={label} description={t.formulaHint} autosize minRows={3} maxRows={12} spellCheck={false} value={value} data-testid="field-formula"
          styles={{ input: { fontFamily: 'ui-monospace, monospace', fontSize: 13 } }}
          onChange={e => { onChange(e.currentTarget.value); setCaret(e.currentTarget.selectionStart); combobox.openDropdown(); combobox.selectFirstOption() }}
          onSelect={e => setCaret(e.currentTarget.selectionStart)} onBlur={() => combobox.closeDropdown()}
          onKeyDown={e => { if (e.key === 'Tab' && combobox.dropdownOpened && found[0]) { e.preventDefault(); take(found[0].key) } }} />
      </Combobox.Target>
      <Combobox.Dropdown hidden={found.length === 0}>
        <Combobox.Options mah={240} style={{ overflowY: 'auto' }}>
          {found.map(option => (
            <Combobox.Option key={option.key} value={option.key}>
              <Text span size="sm" ff="monospace">{option.key}</Text> <Text span size="xs" c="dimmed">{option.hint}</Text>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
