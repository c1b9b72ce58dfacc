import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { listAutomations, type Automation } from '../api/automations'
import { BaseHead } from '../bases/BaseHead'
import { useBases } from '../bases/useBases'
import { pageTexts } from '../pageTexts'
import { Centered, Failed, NotFound } from '../shell/States'
import { useTitle } from '../shell/useTitle'
import { useTables } from '../tables/useTables'
import { AutomationEditor } from './AutomationEditor'
import classes from './automations.module.css'
import { whenOf } from './summary'

const t = pageTexts.automations
const NEW = 'new'

/** The automations of a base: which there are, what each does, and what it did. */
export default function AutomationsPage() {
  const { baseId, automationId } = useParams() as { baseId: string; automationId?: string }
  const navigate = useNavigate()
  const queries = useQueryClient()
  const base = useBases().data?.find(b => b.id === baseId)
  const tables = useTables(baseId)
  const [tested, setTested] = useState<string | null>(null)
  const key = ['automations', baseId]
  const list = useQuery({ queryKey: key, queryFn: ({ signal }) => listAutomations(baseId, signal) })
  const open = list.data?.find(a => a.id === (automationId ?? list.data[0]?.id))
  const put = (kept: Automation) => queries.setQueryData<Automation[]>(key, (all = []) => (all.some(a => a.id === kept.id) ? all.map(a => (a.id === kept.id ? kept : a)) : [...all, kept]))
  useTitle(automationId === NEW ? t.new : (open?.name ?? t.title), base?.name)
  const path = `/bases/${baseId}/automations`
  const at = automationId === NEW ? NEW : open?.id
  return (
    <div className={classes.page}>
      <BaseHead base={base} baseId={baseId} at="automations" />
      {list.isError ? <Failed title={t.failed} error={list.error} onRetry={() => void list.refetch()} /> : tables.isError ? <Failed title={t.failed} error={tables.error} onRetry={() => void tables.refetch()} /> : !list.data || !tables.data ? <Centered /> : (
        <div className={classes.body}>
          {(list.data.length > 0 || at === NEW) && (
            <nav className={classes.list} aria-label={t.title}>
              {list.data.map(automation => (
                <Link key={automation.id} to={`${path}/${automation.id}`} aria-current={automation.id === at ? 'page' : undefined} data-testid={`automation-${automation.name}`}>
                  <i className={classes.dot} data-on={automation.enabled || undefined} role="img" aria-label={automation.enabled ? t.on : t.off} title={automation.enabled ? t.on : t.off} />
                  <span>{automation.name}<small>{t.triggers[automation.trigger.kind].name} {whenOf(automation.trigger, tables.data.tables)}</small></span>
                </Link>
              ))}
              <Button component={Link} to={`${path}/${NEW}`} variant="subtle" size="sm" justify="flex-start" leftSection={<IconPlus size={16} />} mt={4} data-testid="automation-new">{t.new}</Button>
            </nav>
          )}
          <main className={classes.main}>
            {at === NEW || open ? (
              <AutomationEditor key={at} base={baseId} tables={tables.data.tables} stored={at === NEW ? undefined : open} nameOfNew={t.nameOf(list.data.length + 1)} isTesting={open !== undefined && open.id === tested} onTest={setTested}
                onKept={kept => { put(kept); if (at === NEW) void navigate(`${path}/${kept.id}`, { replace: true }) }}
                onRemoved={() => { void queries.invalidateQueries({ queryKey: key }); void navigate(path) }} />
            ) : automationId ? <NotFound /> : (
              <Centered>
                <div style={{ textAlign: 'center', maxWidth: 400 }}>
                  <Text fw={600}>{t.none}</Text>
                  <Text c="dimmed" mb="md">{t.lead}</Text>
                  <Button component={Link} to={`${path}/${NEW}`} data-testid="automation-new">{t.new}</Button>
                </div>
              </Centered>
            )}
          </main>
        </div>
      )}
    </div>
  )
}
