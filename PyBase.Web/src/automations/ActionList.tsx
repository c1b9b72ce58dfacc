import { ActionIcon, Button, Checkbox, Menu, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronUp, IconCopy, IconDots, IconPlus, IconTrash } from '@tabler/icons-react'
import { actionKinds, type Action } from '../api/automations'
import { pageTexts } from '../pageTexts'
import { ActionSettings } from './ActionSettings'
import classes from './automations.module.css'
import { actionOf } from './defaults'
import { actionIcons } from './icons'
import { flattened, newId, type Scope } from './places'
import { summaryOf } from './summary'

const t = pageTexts.automations

/** What all lists of one automation have in common. */
export interface Editing { base: string; all: readonly Action[]; open: string | null; faults: Readonly<Record<string, string>>; onOpen: (id: string | null) => void }

interface Props { editing: Editing; actions: readonly Action[]; scope: Scope; label: string; onChange: (actions: Action[]) => void }

/** Actions one after the other, with those of branches and loops inside them. */
export function ActionList({ editing, actions, scope, label, onChange }: Props) {
  const set = (n: number, action: Action) => onChange(actions.map((a, i) => (i === n ? action : a)))
  const move = (n: number, by: number) => {
    const after = [...actions]
    const [moved] = after.splice(n, 1)
    after.splice(n + by, 0, moved!)
    onChange(after)
  }
  const insert = (n: number, action: Action) => {
    onChange([...actions.slice(0, n), action, ...actions.slice(n)])
    editing.onOpen(action.id)
  }
  return (
    <div>
      {actions.length > 0 && <div role="list" aria-label={label}>{actions.map((action, n) => (
        <div key={action.id} role="listitem">
          {n > 0 && <div className={classes.joint} />}
          <ActionCard editing={editing} action={action} scope={{ ...scope, before: [...scope.before, ...flattened(actions.slice(0, n))] }} onChange={next => set(n, next)} onRemove={() => onChange(actions.filter((_, i) => i !== n))}
            onCopy={() => insert(n + 1, renewed(action, editing.all))} onUp={n > 0 ? () => move(n, -1) : undefined} onDown={n < actions.length - 1 ? () => move(n, 1) : undefined} />
        </div>
      ))}</div>}
      {actions.length > 0 && <div className={classes.joint} />}
      <Menu position="bottom-start" withinPortal width={300} styles={{ dropdown: { maxHeight: 420, overflowY: 'auto' } }}>
        <Menu.Target><Button variant="default" size="sm" leftSection={<IconPlus size={16} />} data-testid="action-add">{t.addAction}</Button></Menu.Target>
        <Menu.Dropdown>
          {actionKinds.map(kind => {
            const Icon = actionIcons[kind]
            return (
              <Menu.Item key={kind} leftSection={<Icon size={17} />} onClick={() => insert(actions.length, actionOf(kind, newId(kind, editing.all), scope.trigger, scope.tables))} data-testid={`action-add-${kind}`}>
                {t.actions[kind].name}<Text size="xs" c="dimmed">{t.actions[kind].lead}</Text>
              </Menu.Item>
            )
          })}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

/** A copy with names of its own, inside as well. */
function renewed(action: Action, all: readonly Action[]): Action {
  const taken = [...all]
  const renew = (a: Action): Action => {
    const copy: Action = { ...a, id: newId(a.kind, taken) }
    taken.push(copy)
    for (const inner of ['then', 'else', 'do'] as const) if (a[inner]) copy[inner] = a[inner]!.map(renew)
    return copy
  }
  return renew(action)
}

interface CardProps { editing: Editing; action: Action; scope: Scope; onChange: (action: Action) => void; onRemove: () => void; onCopy: () => void; onUp?: () => void; onDown?: () => void }

function ActionCard({ editing, action, scope, onChange, onRemove, onCopy, onUp, onDown }: CardProps) {
  const Icon = actionIcons[action.kind]
  const { name } = t.actions[action.kind]
  const fault = editing.faults[`actions.${action.id}`] ?? Object.entries(editing.faults).find(([place]) => place.startsWith(`actions.${action.id}.`))?.[1]
  const isOpen = editing.open === action.id
  const ways = action.kind === 'branch' ? ([['then', t.then], ['else', t.else]] as const) : action.kind === 'loop' ? ([['do', t.do]] as const) : []
  return (
    <div className={classes.card} data-fault={fault ? '' : undefined} data-testid={`action-${action.id}`}>
      <header>
        <button type="button" className={classes.opener} aria-expanded={isOpen} onClick={() => editing.onOpen(isOpen ? null : action.id)} data-testid={`open-${action.id}`}>
          <span className={classes.glyph}><Icon size={18} /></span>
          <span><b>{name}</b><small>{summaryOf(action, scope.tables)}</small></span>
        </button>
        {isOpen ? <IconChevronUp size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />}
        <Menu position="bottom-end" withinPortal>
          <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t.more(name)}><IconDots size={17} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconArrowUp size={16} />} disabled={!onUp} onClick={onUp}>{t.earlier}</Menu.Item>
            <Menu.Item leftSection={<IconArrowDown size={16} />} disabled={!onDown} onClick={onDown}>{t.later}</Menu.Item>
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={onCopy}>{t.copyAction}</Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onRemove}>{t.removeAction}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {isOpen && (
        <div className={classes.form}>
          {fault && <Text size="sm" c="red" role="alert" data-testid="action-fault">{fault}</Text>}
          <ActionSettings base={editing.base} action={action} scope={scope} faults={editing.faults} onChange={onChange} />
          {!ways.length && action.kind !== 'delay' && <Checkbox size="sm" label={t.goOn} checked={action.continueOnError ?? false} onChange={e => onChange({ ...action, continueOnError: e.currentTarget.checked || undefined })} />}
          <Text size="xs" c="dimmed">{t.calledAs(action.id)}</Text>
        </div>
      )}
      {ways.map(([way, label]) => (
        <div key={way} className={classes.form}>
          <Text size="sm" fw={600}>{label}</Text>
          <div className={classes.ways}>
            <ActionList editing={editing} actions={action[way] ?? []} label={label} scope={way === 'do' ? { ...scope, loop: action } : scope} onChange={inner => onChange({ ...action, [way]: inner })} />
          </div>
        </div>
      ))}
    </div>
  )
}
