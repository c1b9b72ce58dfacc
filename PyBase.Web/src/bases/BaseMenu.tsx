import { ActionIcon, FileButton, Menu, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconCamera, IconChevronDown, IconCopy, IconHistory, IconListSearch, IconPencil, IconShieldLock, IconTrash, IconTrashX, IconWebhook } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { changeBase, duplicateBase, removeBase, restoreSnapshot } from '../api/bases'
import type { Base } from '../api/types'
import { askText } from '../shell/askText'
import { tellProblem } from '../shell/tell'
import { tablesKey } from '../tables/useTables'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { BASES } from './useBases'

const t = texts.bases.menu

/** What can be done with a whole base. */
export function BaseMenu({ base }: { base: Base }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { tableId } = useParams()
  const choose = useRef<() => void>(() => {})
  const mayDesign = base.permissionLevel === 'create'
  const again = () => void queries.invalidateQueries({ queryKey: BASES })
  const rename = () => askText({ title: t.rename, label: texts.bases.name, value: base.name, onDone: name => void changeBase(base.id, name).then(again, tellProblem) })
  const copy = () => askText({ title: t.duplicate, label: texts.bases.name, value: t.copyOf(base.name), onDone: name => void duplicateBase(base.id, name).then(made => { again(); void navigate(`/bases/${made.id}`) }, tellProblem) })
  const restore = (file: File | null) => file && modals.openConfirmModal({
    title: t.restore, children: <Text size="sm">{t.restoreAsk(file.name)}</Text>, labels: { confirm: t.restore, cancel: texts.cancel },
    onConfirm: () => void restoreSnapshot(base.id, file).then(done => {
      notifications.show({ title: t.restored(done.records), message: '', withBorder: true })
      void queries.invalidateQueries({ queryKey: tablesKey(base.id) })
    }, tellProblem),
  })
  const remove = () => modals.openConfirmModal({
    title: t.remove, children: <Text size="sm">{t.removeAsk(base.name)}</Text>, labels: { confirm: t.remove, cancel: texts.cancel }, confirmProps: { color: 'red' },
    onConfirm: () => void removeBase(base.id).then(() => { again(); void navigate('/') }, tellProblem),
  })
  return (
    <>
      <FileButton onChange={restore} accept=".gz">{props => { choose.current = props.onClick; return null }}</FileButton>
      <Menu position="bottom-start" withinPortal width={250}>
        <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t.title(base.name)} data-testid="base-menu"><IconChevronDown size={17} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {mayDesign && <Menu.Item leftSection={<IconPencil size={16} />} onClick={rename}>{t.rename}</Menu.Item>}
          {mayDesign && <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy}>{t.duplicate}</Menu.Item>}
          {mayDesign && <Menu.Item leftSection={<IconCamera size={16} />} component="a" href={`/api/bases/${base.id}/snapshot`} download data-testid="snapshot">{t.snapshot}</Menu.Item>}
          {mayDesign && <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => choose.current()}>{t.restore}</Menu.Item>}
          <Menu.Item leftSection={<IconTrash size={16} />} component={Link} to={`/bases/${base.id}/trash${tableId ? `?table=${tableId}` : ''}`} data-testid="base-trash">{pageTexts.trash.title}</Menu.Item>
          {mayDesign && <Menu.Item leftSection={<IconShieldLock size={16} />} component={Link} to={`/bases/${base.id}/rules${tableId ? `?table=${tableId}` : ''}`} data-testid="base-rules">{pageTexts.rules.title}</Menu.Item>}
          {mayDesign && <Menu.Item leftSection={<IconWebhook size={16} />} component={Link} to={`/bases/${base.id}/webhooks`} data-testid="base-webhooks">{pageTexts.webhooks.title}</Menu.Item>}
          {mayDesign && <Menu.Item leftSection={<IconListSearch size={16} />} component={Link} to={`/bases/${base.id}/audit`} data-testid="base-audit">{pageTexts.audit.title}</Menu.Item>}
          {mayDesign && <><Menu.Divider /><Menu.Item color="red" leftSection={<IconTrashX size={16} />} onClick={remove} data-testid="base-delete">{t.remove}</Menu.Item></>}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
