import { CLIENT_HEADER } from '../api/http'
import { Problem, problemOf } from '../api/problem'
import type { Job } from '../api/types'
import { texts } from '../texts'

export interface Upload { job: Promise<Job>; abort: () => void }

/** XMLHttpRequest, since fetch does not tell how much has been sent. */
export function upload(base: string, file: File, onProgress: (sent: number, total: number) => void, as: { kind: 'extractions' | 'imports'; options?: unknown } = { kind: 'extractions' }): Upload {
  const request = new XMLHttpRequest()
  const job = new Promise<Job>((resolve, reject) => {
    request.open('POST', `/api/bases/${base}/${as.kind}`)
    request.responseType = 'json'
    request.setRequestHeader('Accept', 'application/json')
    for (const [name, value] of Object.entries(CLIENT_HEADER)) request.setRequestHeader(name, value)
    request.upload.onprogress = event => event.lengthComputable && onProgress(event.loaded, event.total)
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as Job)
      else reject(problemOf(request.status, request.response))
    }
    request.onerror = () => reject(new Problem(0, 'unreachable', texts.errors.unreachable, texts.errors.unreachableHint))
    request.onabort = () => reject(new Problem(0, 'aborted', texts.jobs.states.cancelled!))
    const form = new FormData()
    if (as.options) form.append('options', JSON.stringify(as.options))
    form.append('file', file, file.name)
    request.send(form)
  })
  return { job, abort: () => request.abort() }
}
