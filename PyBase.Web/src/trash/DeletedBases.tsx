import { Modal, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { listDeletedBases, purgeBase, restoreBase } from '../api/trash'
import { BASES } from '../bases/useBases'
import { Centered, Failed } from '../shell/States'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { TrashRow } from './TrashRow'

const t = pageTexts.trash

/** The deleted bases of the workspaces one belongs to. */
export function DeletedBases({ workspaces, onClose }: { workspaces: readonly string[]; onClose: () => void }) {
  const queries = useQueryClient()
  const found = useQuery({ queryKey: ['trash-bases', workspaces], queryFn: async ({ signal }) => (await Promise.all(workspaces.map(async w => (await listDeletedBases(w, signal)).map(item => ({ ...item, workspace: w }))))).flat() })
  const again = () => {
    void queries.invalidateQueries({ queryKey: ['trash-bases'] })
    void queries.invalidateQueries({ queryKey: BASES })
  }
  const back = useMutation({ mutationFn: (item: { workspace: string; id: string }) => restoreBase(item.workspace, item.id), onSuccess: again, onError: tellProblem })
  const away = useMutation({ mutationFn: (item: { workspace: string; id: string }) => purgeBase(item.workspace, item.id), onSuccess: again, onError: tellProblem })
  return (
    <Modal opened onClose={onClose} title={t.bases} size="lg">
      {found.isError ? <Failed title={t.failed} error={found.error} onRetry={() => void found.refetch()} /> : !found.data ? <Centered /> : !found.data.length ? <Text c="dimmed" ta="center" py="lg">{t.empty}</Text> : (
        <Stack gap="xs">{found.data.map(item => (
          <TrashRow key={item.id} item={item} busy={back.isPending} onRestore={() => back.mutate(item)}
            onPurge={() => modals.openConfirmModal({ title: t.purge, children: <Text size="sm">{t.purgeAsk(item.name || texts.grid.unnamed)}</Text>, labels: { confirm: t.purge, cancel: texts.cancel }, confirmProps: { color: 'red' }, onConfirm: () => away.mutate(item) })} />
        ))}</Stack>
      )}
    </Modal>
  )
}
