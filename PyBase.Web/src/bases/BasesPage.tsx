import { Button, Container, Group, SimpleGrid, Skeleton, Text, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useMe } from '../accounts/useMe'
import { DropZone } from '../jobs/DropZone'
import { giveFiles } from '../jobs/filesForBase'
import { Failed } from '../shell/States'
import { TopBar } from '../shell/TopBar'
import { useTitle } from '../shell/useTitle'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { BaseMark } from './BaseMark'
import classes from './BasesPage.module.css'
import { useBases, useCreateBase } from './useBases'

const DeletedBases = lazy(() => import('../trash/DeletedBases').then(m => ({ default: m.DeletedBases })))
const FirstBase = lazy(() => import('./FirstBase').then(m => ({ default: m.FirstBase })))
const NewBaseDialog = lazy(() => import('./NewBaseDialog').then(m => ({ default: m.NewBaseDialog })))

const t = texts.bases

export function BasesPage() {
  useTitle(t.title)
  const bases = useBases()
  const create = useCreateBase()
  const navigate = useNavigate()
  const [naming, setNaming] = useState(false)
  const [deleted, setDeleted] = useState(false)
  const workspaces = useMe().data?.workspaces ?? []
  const mayRestore = workspaces.filter(w => w.role === 'owner' || w.role === 'admin').map(w => w.id)

  // A drawing dropped here gets a base of its own, named after it.
  const drop = (files: File[]) => {
    const workspace = workspaces[0]
    if (!workspace || !files[0]) return
    create.mutate({ name: files[0].name.replace(/\.[^.]+$/, ''), workspaceId: workspace.id }, {
      onSuccess: made => {
        giveFiles(made.id, files)
        void navigate(`/bases/${made.id}`)
      },
    })
  }

  return (
    <div className={classes.page}>
      <TopBar><Text fw={650} fz={17}>{texts.product}</Text></TopBar>
      <Container size="lg" py={{ base: 'lg', sm: 40 }} component="main">
        {bases.isPending ? <Loading /> : bases.isError ? (
          <Failed title={t.failed} error={bases.error} onRetry={() => void bases.refetch()} />
        ) : bases.data.length === 0 ? (
          <Suspense><FirstBase onFiles={drop} onEmpty={() => setNaming(true)} busy={create.isPending} /></Suspense>
        ) : (
          <>
            <Group justify="space-between" mb="lg">
              <Title order={1} fz={26}>{t.title}</Title>
              <Group gap="xs">
                {mayRestore.length > 0 && <Button variant="subtle" color="gray" leftSection={<IconTrash size={17} />} onClick={() => setDeleted(true)} data-testid="deleted-bases">{pageTexts.trash.bases}</Button>}
                <Button leftSection={<IconPlus size={18} />} onClick={() => setNaming(true)} data-testid="new-base">{t.new}</Button>
              </Group>
            </Group>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="md">
              {bases.data.map(base => (
                <Link key={base.id} to={`/bases/${base.id}`} className={classes.card} aria-label={t.open(base.name)} data-testid="base-card">
                  <BaseMark id={base.id} name={base.name} size={44} />
                  <span className={classes.words}>
                    <b>{base.name}</b>
                    <small>{t.rights[base.permissionLevel]}</small>
                  </span>
                </Link>
              ))}
            </SimpleGrid>
          </>
        )}
      </Container>
      <Suspense>{deleted && <DeletedBases workspaces={mayRestore} onClose={() => setDeleted(false)} />}</Suspense>
      <Suspense>{naming && <NewBaseDialog opened onClose={() => setNaming(false)} />}</Suspense>
      <DropZone onFiles={drop} />
    </div>
  )
}

function Loading() {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} mt={66} aria-label={texts.loading}>
      {[0, 1, 2].map(n => <Skeleton key={n} h={78} radius="md" />)}
    </SimpleGrid>
  )
}
