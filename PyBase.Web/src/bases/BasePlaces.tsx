import { ActionIcon, Tooltip } from '@mantine/core'
import { IconBolt, IconChartBar, IconTable } from '@tabler/icons-react'
import { Link } from 'react-router'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'

export type BasePlace = 'tables' | 'dashboards' | 'automations' | 'rules' | 'audit' | 'trash' | 'webhooks'

/** From the tables of a base to what is made of them, and back. A narrow window has room for where one is not. */
export function BasePlaces({ base, at, mayDesign }: { base: string; at: BasePlace; mayDesign: boolean }) {
  const places = [['tables', '', IconTable, texts.bases.tables], ['dashboards', '/dashboards', IconChartBar, texts.bases.dashboards], ...(mayDesign ? [['automations', '/automations', IconBolt, pageTexts.automations.title] as const] : [])] as const
  return places.map(([place, path, Icon, label]) => (
    <Tooltip key={place} label={label}>
      <ActionIcon component={Link} to={`/bases/${base}${path}`} size="lg" visibleFrom={place === at ? 'xs' : undefined} variant={place === at ? 'light' : 'subtle'} color={place === at ? undefined : 'gray'} aria-label={label} aria-current={place === at ? 'page' : undefined} data-testid={`go-${place}`}><Icon size={18} /></ActionIcon>
    </Tooltip>
  ))
}
