import { texts } from '../texts'

/** What went wrong, in the words of the server: from `application/problem+json` or from the Airtable form under /v0. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string | null = null,
    readonly fields: Readonly<Record<string, string>> = {},
    /** What the second step of signing in takes. */
    readonly ticket?: string,
  ) {
    super(message)
    this.name = 'Problem'
  }
}

interface ProblemBody {
  code?: string
  title?: string
  detail?: string
  hint?: string | null
  ticket?: string
  errors?: { field: string; message: string }[]
  error?: string | { type?: string; message?: string; hint?: string | null }
}

export function problemOf(status: number, body: unknown): Problem {
  const said = (typeof body === 'object' && body !== null ? body : {}) as ProblemBody
  if (typeof said.error === 'string') return new Problem(status, said.error, texts.errors.byStatus(status))
  if (said.error) return new Problem(status, said.error.type ?? 'error', said.error.message ?? texts.errors.byStatus(status), said.error.hint ?? null)
  const fields = Object.fromEntries((said.errors ?? []).map(e => [e.field, e.message]))
  return new Problem(
    status,
    said.code ?? 'error',
    said.detail ?? said.title ?? texts.errors.byStatus(status),
    said.hint ?? null,
    fields,
    said.ticket,
  )
}

export function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem(0, 'unreachable', texts.errors.unreachable, texts.errors.unreachableHint)
}
