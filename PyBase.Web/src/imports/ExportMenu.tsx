import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { exportUrl } from '../api/imports'
import { pageTexts } from '../pageTexts'

const t = pageTexts.exports
const formats = ['xlsx', 'csv', 'tsv', 'json', 'ndjson'] as const

/** The view as a file: its fields, filters and order. */
export function ExportMenu({ base, table, view }: { base: string; table: string; view: string }) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label={t.title}><ActionIcon variant="subtle" color="gray" aria-label={t.title} data-testid="export-menu"><IconDownload size={17} /></ActionIcon></Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.lead}</Menu.Label>
        {formats.map(format => <Menu.Item key={format} component="a" href={exportUrl(base, table, view, format)} download data-testid={`export-${format}`}>{t.formats[format]}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  )
}
