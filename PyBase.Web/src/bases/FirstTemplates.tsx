import { Title } from '@mantine/core'
import { useMe } from '../accounts/useMe'
import { pageTexts } from '../pageTexts'
import { TemplateCards } from './TemplateCards'
import { useCreateFromTemplate, useTemplates } from './useTemplates'

/** Below the first step of a new account: bases that are laid out already. */
export function FirstTemplates() {
  const workspaceId = useMe().data?.workspaces[0]?.id
  const templates = useTemplates().data ?? []
  const create = useCreateFromTemplate()
  if (!workspaceId || templates.length === 0) return null
  return (
    <section style={{ maxWidth: 760, margin: '40px auto 0' }}>
      <Title order={2} fz={17} mb="sm" ta="center">{pageTexts.templates.first}</Title>
      <TemplateCards templates={templates} busy={create.isPending ? create.variables.template : undefined} onChoose={({ id }) => create.mutate({ template: id, workspaceId })} />
    </section>
  )
}
