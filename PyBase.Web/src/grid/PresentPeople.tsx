import { Avatar, Tooltip } from '@mantine/core'
import type { Present } from '../live/hub'
import classes from './TableGrid.module.css'

/** Who else looks at the table. */
export function PresentPeople({ people }: { people: readonly Present[] }) {
  const each = [...new Map(people.map(p => [p.user.id, p])).values()]
  if (each.length === 0) return null
  return (
    <div className={classes.people} data-testid="present">
      <Avatar.Group spacing="xs">
        {each.slice(0, 6).map(person => (
          <Tooltip key={person.connection} label={person.user.name}><Avatar size={26} radius="xl" name={person.user.name} styles={{ placeholder: { background: person.colour, color: '#fff' } }} /></Tooltip>
        ))}
        {each.length > 6 && <Avatar size={26} radius="xl">+{each.length - 6}</Avatar>}
      </Avatar.Group>
    </div>
  )
}
