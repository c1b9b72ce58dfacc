import type { GroupOfRows } from '../api/aggregates'
import type { CellValue } from '../api/types'

/** A line of the grid: the head of a group, or a run of rows that stand one after the other in the query. */
export type Span =
  | { kind: 'group'; at: number; level: number; key: string; value: CellValue; count: number; values: readonly CellValue[]; collapsed: boolean }
  | { kind: 'rows'; at: number; place: number; count: number }

export interface Lines { readonly spans: readonly Span[]; readonly count: number }

/** Without groups every line is the row of its number. */
export const plainLines = (count: number): Lines => ({ spans: count ? [{ kind: 'rows', at: 0, place: 0, count }] : [], count })

export function groupLines(groups: readonly GroupOfRows[], collapsed: ReadonlySet<string>): Lines {
  const spans: Span[] = []
  let at = 0
  let place = 0
  const visit = (list: readonly GroupOfRows[], level: number, path: string, hidden: boolean) => {
    for (const group of list) {
      const key = `${path}/${JSON.stringify(group.value ?? null)}`
      const isCollapsed = collapsed.has(key)
      if (!hidden) spans.push({ kind: 'group', at: at++, level, key, value: group.value, count: group.count, values: group.values ?? [], collapsed: isCollapsed })
      const inside = hidden || isCollapsed
      if (group.groups?.length) visit(group.groups, level + 1, key, inside)
      else {
        if (!inside) {
          spans.push({ kind: 'rows', at, place, count: group.count })
          at += group.count
        }
        place += group.count
      }
    }
  }
  visit(groups, 0, '', false)
  return { spans, count: at }
}

/** The span a line belongs to. */
export function spanAt({ spans }: Lines, line: number): Span | undefined {
  let low = 0
  let high = spans.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (spans[middle]!.at <= line) low = middle
    else high = middle - 1
  }
  return spans[low]
}

/** The row's place in the query; undefined for the head of a group and beyond the end. */
export function placeAt(lines: Lines, line: number): number | undefined {
  const span = spanAt(lines, line)
  return span?.kind === 'rows' && line - span.at < span.count ? span.place + line - span.at : undefined
}

export function lineOf(lines: Lines, place: number): number {
  for (const span of lines.spans) if (span.kind === 'rows' && place >= span.place && place < span.place + span.count) return span.at + place - span.place
  return -1
}
