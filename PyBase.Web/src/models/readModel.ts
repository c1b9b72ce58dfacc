import occtScript from 'occt-import-js/dist/occt-import-js.js?url'
import occtWasm from 'occt-import-js/dist/occt-import-js.wasm?url'
// The package names only its modules to others.
import ifcScript from '../../node_modules/web-ifc/web-ifc-api-iife.js?url'
import ifcWasm from '../../node_modules/web-ifc/web-ifc.wasm?url'
import { ask } from '../api/file'
import { trimmed, type Model } from './model'

const readers = { step: [occtScript, occtWasm], ifc: [ifcScript, ifcWasm] } as const

/** The bodies and parts of a file, read beside the page: a large one does not stop it, and going away ends it. */
export async function readModel(address: string, name: string, signal: AbortSignal): Promise<Model> {
  const bytes = await (await ask(address, { signal })).arrayBuffer()
  const kind = /\.ifc$/i.test(name) ? 'ifc' : 'step'
  const [script, wasm] = readers[kind].map(url => new URL(url, location.href).href) as [string, string]
  const bodies = () => inWorker<Model>(new Worker(new URL('./reader.ts', import.meta.url), { type: 'classic' }), { bytes, kind, script, wasm }, [bytes], signal)
  if (kind === 'ifc') {
    const model = await bodies()
    return { ...model, root: trimmed(model.root) }
  }
  const copy = bytes.slice(0)
  // Without knowing what its entities are about, a model can still be looked at.
  const [model, owners] = await Promise.all([bodies(), inWorker<Model['owners']>(new Worker(new URL('./owners.ts', import.meta.url), { type: 'module' }), copy, [copy], signal).catch(() => undefined)])
  return { ...model, root: trimmed(model.root), owners }
}

/** One answer to one question; a worker that nobody waits for any more is ended. */
async function inWorker<T>(worker: Worker, question: unknown, given: Transferable[], signal: AbortSignal): Promise<T> {
  const end = () => worker.terminate()
  signal.addEventListener('abort', end)
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<{ value?: T; error?: string }>) => (data.error === undefined ? resolve(data.value as T) : reject(new Error(data.error)))
      worker.onerror = event => reject(new Error(event.message))
      worker.postMessage(question, given)
    })
  } finally {
    signal.removeEventListener('abort', end)
    end()
  }
}
