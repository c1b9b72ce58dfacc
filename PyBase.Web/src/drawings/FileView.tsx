import { Button, Loader } from '@mantine/core'
import { IconCube } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { JobTable } from '../api/types'
import { isModel } from '../models/model'
import { pageTexts } from '../pageTexts'
import classes from './drawings.module.css'

const DrawingView = lazy(() => import('./DrawingView'))
const ModelView = lazy(() => import('../models/ModelView'))

interface Props { base: string; file: string; name: string; place?: string; tables: readonly JobTable[]; onLeave: () => void }

/** What a file looks like, with the place of a cell lit up: a drawing on paper, a model in three dimensions. */
export function FileView({ base, file, name, place, tables, onLeave }: Props) {
  const queries = useQueryClient()
  // What draws in three dimensions is large, so it is asked for; once it is there, the next record shows it at once.
  const [inSpace, setInSpace] = useState(() => Boolean(queries.getQueryData(['model', file])))
  if (!isModel(name)) return <Suspense fallback={<Loader size="sm" />}><DrawingView base={base} file={file} name={name} place={place} tables={tables} onLeave={onLeave} /></Suspense>
  return inSpace ? <Suspense fallback={<Loader size="sm" />}><ModelView base={base} file={file} name={name} place={place} tables={tables} onLeave={onLeave} /></Suspense>
    : <div className={classes.frame} data-closed><div className={classes.word}><Button variant="light" leftSection={<IconCube size={18} />} onClick={() => setInSpace(true)} data-testid="model-show">{pageTexts.models.show}</Button></div></div>
}
