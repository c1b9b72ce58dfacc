import occtScript from 'occt-import-js/dist/occt-import-js.js?url'
import occtWasm from 'occt-import-js/dist/occt-import-js.wasm?url'
// The package names only its modules to others.
import ifcScript from '../../node_modules/web-ifc/web-ifc-api-iife.js?url'
import ifcWasm from '../../node_modules/web-ifc/web-ifc.wasm?url'
import { CLIENT_HEADER } from '../api/http'
import { problemOf } from '../api/problem'
import { trimmed, type Model } from './model'

const readers = { step: [occtScript, occtWasm], ifc: [ifcScript, ifcWasm] } as const

/** The bodies and parts of a file, read beside the page: a large one does not stop it, and going away ends it. */
export async function readModel(address: string, name: string, signal: AbortSignal): Promise<Model> {
  const answer = await fetch(address, { headers: CLIENT_HEADER, credentials: 'same-origin', signal })
  if (!answer.ok) throw problemOf(answer.status, await answer.json().catch(() => undefined))
  const bytes = await answer.arrayBuffer()
  const kind = /\.ifc$/i.test(name) ? 'ifc' : 'step'
  const [script, wasm] = readers[kind].map(url => new URL(url, location.href).href) as [string, string]
  const worker = new Worker(new URL('./reader.ts', import.meta.url), { type: 'classic' })
  const end = () => worker.terminate()
  signal.addEventListener('abort', end)
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<{ model?: Model; error?: string }>) => (data.model ? resolve({ ...data.model, root: trimmed(data.model.root) }) : reject(new Error(data.error)))
      worker.onerror = event => reject(new Error(event.message))
      worker.postMessage({ bytes, kind, script, wasm }, [bytes])
    })
  } finally {
    signal.removeEventListener('abort', end)
    end()
  }
}
