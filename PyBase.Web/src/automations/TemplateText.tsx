import { ActionIcon, Menu, Textarea, TextInput } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { useRef } from 'react'
import { pageTexts } from '../pageTexts'
import type { Place } from './places'

const t = pageTexts.automations

interface Props { label: string; hideLabel?: boolean; value: unknown; places: readonly Place[]; choices?: readonly string[]; long?: boolean; code?: boolean; description?: string; placeholder?: string; error?: string; size?: string; testId?: string; onChange: (text: string) => void }

export const shownTemplate = (value: unknown) => (typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value))

/** A text into which values of the trigger and of earlier actions are put by picking. */
export function TemplateText({ label, hideLabel, value, places, choices, long, code, testId, onChange, ...rest }: Props) {
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const text = shownTemplate(value)
  const insert = (part: string, all?: boolean) => {
    const from = all ? 0 : (input.current?.selectionStart ?? text.length)
    const to = all ? text.length : (input.current?.selectionEnd ?? from)
    onChange(text.slice(0, from) + part + text.slice(to))
    // The menu gives the focus back to its button first.
    setTimeout(() => { input.current?.focus(); input.current?.setSelectionRange(from + part.length, from + part.length) })
  }
  const common = {
    ...rest, ...(hideLabel ? { 'aria-label': label } : { label }), value: text, 'data-testid': testId, spellCheck: code ? false : undefined,
    styles: { input: code ? { fontFamily: 'ui-monospace, monospace', fontSize: 13 } : {}, section: long ? { alignItems: 'flex-start', paddingTop: 4 } : {} },
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    rightSectionWidth: 36,
    rightSection: <PlaceMenu label={t.pick(label)} places={places} choices={choices} testId={testId && `${testId}-pick`} onPick={place => insert(`{{${place}}}`)} onChoice={name => insert(name, true)} />,
  }
  return long ? <Textarea {...common} ref={input} autosize minRows={code ? 4 : 2} maxRows={16} /> : <TextInput {...common} ref={input} />
}

interface MenuProps { label: string; places: readonly Place[]; choices?: readonly string[]; testId?: string; onPick: (path: string) => void; onChoice?: (name: string) => void }

export function PlaceMenu({ label, places, choices, testId, onPick, onChoice }: MenuProps) {
  const groups = [...new Set(places.map(p => p.group))]
  return (
    <Menu position="bottom-end" withinPortal width={270} styles={{ dropdown: { maxHeight: 340, overflowY: 'auto' } }}>
      <Menu.Target><ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} title={label} data-testid={testId}><IconBraces size={15} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {choices?.length ? <><Menu.Label>{t.places.choices}</Menu.Label>{choices.map(name => <Menu.Item key={name} onClick={() => onChoice?.(name)}>{name}</Menu.Item>)}</> : null}
        {groups.map(group => [
          <Menu.Label key={group}>{group}</Menu.Label>,
          ...places.filter(p => p.group === group).map(p => <Menu.Item key={p.path} onClick={() => onPick(p.path)} data-testid={`place-${p.path}`}>{p.label}</Menu.Item>),
        ])}
      </Menu.Dropdown>
    </Menu>
  )
}
