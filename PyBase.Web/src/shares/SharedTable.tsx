import { Button, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { UIEvent } from 'react'
import type { Door, Shared } from '../api/shares'
import { isNumber, shownAs } from '../fields/shownAs'
import { Centered, Failed } from '../shell/States'
import { pageTexts } from '../pageTexts'
import { texts } from '../texts'
import { SharedCell } from './SharedCell'
import { sharedPage } from './sharedPage'
import classes from './shares.module.css'

const t = pageTexts.shares
const AHEAD = 1500

/** The rows of a view, to read: more of them come as somebody scrolls. */
export function SharedTable({ door, shared }: { door: Door; shared: Extract<Shared, { kind: 'view' }> }) {
  const { fields } = shared
  const rows = useInfiniteQuery({
    queryKey: ['shared-rows', door.token, door.grant],
    queryFn: ({ pageParam, signal }) => sharedPage(door, fields, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: page => page.offset,
    staleTime: Infinity,
  })
  const { fetchNextPage, hasNextPage, isFetching, isError } = rows
  // The next page comes before the end is reached.
  const scroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLElement>) => {
    if (hasNextPage && !isFetching && !isError && scrollHeight - scrollTop - clientHeight < AHEAD) void fetchNextPage()
  }
  const records = rows.data?.pages.flatMap(page => page.records) ?? []
  return (
    <div className={classes.tablePage}>
      <header className={classes.head}>
        <Title order={1} fz={18} style={{ whiteSpace: 'nowrap' }}>{shared.name}</Title>
        <small>{shared.table}</small>
      </header>
      <main className={classes.scroll} tabIndex={0} aria-label={t.rows} onScroll={scroll}>
        {rows.isPending ? <Centered /> : isError && records.length === 0 ? <Failed title={texts.tables.failed} error={rows.error} onRetry={() => void rows.refetch()} /> : records.length === 0 ? <Centered><Text c="dimmed">{t.noRows}</Text></Centered> : (
          <>
            <table className={classes.table}>
              <thead><tr>{fields.map(field => <th key={field.id} scope="col" className={isNumber(shownAs(field).type) ? classes.number : undefined}>{field.name}</th>)}</tr></thead>
              <tbody>
                {records.map(record => (
                  <tr key={record.id} data-testid="shared-row">
                    {fields.map((field, n) => {
                      const cell = <SharedCell field={field} value={record.fields[field.id]} />
                      const look = isNumber(shownAs(field).type) ? classes.number : undefined
                      return n === 0 ? <th key={field.id} scope="row" className={look}>{cell}</th> : <td key={field.id} className={look}>{cell}</td>
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
            <div className={classes.end}>{hasNextPage && <Button variant="default" loading={isFetching} onClick={() => void fetchNextPage()}>{t.more}</Button>}</div>
          </>
        )}
      </main>
    </div>
  )
}
