import { UnstyledButton, type UnstyledButtonProps } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, type ReactNode } from 'react'
import { readJob } from '../api/jobs'
import type { CellSource } from '../api/records'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'

const FoundDialog = lazy(() => import('../jobs/FoundDialog').then(m => ({ default: m.FoundDialog })))
const t = pageTexts.records

interface Props extends UnstyledButtonProps { source: CellSource; place?: string; testId: string; onOpen: (table: string) => void; children: ReactNode }

/** Says which drawing something was read from; a click shows the drawing and what was found in it. */
export function SourceButton({ source, place, testId, onOpen, children, ...props }: Props) {
  const job = useMutation({ mutationFn: (id: string) => readJob(id), onError: tellProblem })
  return (
    <>
      <UnstyledButton {...props} title={t.look} onClick={() => job.mutate(source.job)} data-testid={testId}>{children}</UnstyledButton>
      <Suspense>{job.data?.file && <FoundDialog job={job.data} place={place} onOpen={onOpen} onClose={() => job.reset()} />}</Suspense>
    </>
  )
}

/** The drawing, the place in it and how sure that is, in words. */
export const told = (source: CellSource) => t.from(source.file.name ?? t.deletedFile, source.locator, source.confidence ?? 1)
