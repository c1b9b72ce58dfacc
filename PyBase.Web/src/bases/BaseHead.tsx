import { Text } from '@mantine/core'
import { Link } from 'react-router'
import type { Base } from '../api/types'
import { TopBar } from '../shell/TopBar'
import { texts } from '../texts'
import { BaseMark } from './BaseMark'
import { BasePlaces, type BasePlace } from './BasePlaces'

/** The head of a page about a base that is not one of its tables: the base's name leads back. */
export function BaseHead({ base, baseId, at }: { base?: Base; baseId: string; at: BasePlace }) {
  return (
    <TopBar actions={<BasePlaces base={baseId} at={at} mayDesign={base?.permissionLevel === 'create'} />}>
      {base && <BaseMark id={base.id} name={base.name} size={26} />}
      <Text component={Link} to={`/bases/${baseId}`} fw={600} truncate fz={15} c="inherit" title={texts.bases.tables}>{base?.name}</Text>
    </TopBar>
  )
}
