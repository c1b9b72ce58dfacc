// A classic worker, so that the readers can be loaded as the files their authors made: they stand beside the application, unchanged, and can be replaced by another build of the same library.
import type { Mesh, Model, Part } from './model'

interface Ask { bytes: ArrayBuffer; kind: 'step' | 'ifc'; script: string; wasm: string }
interface OcctNode { name: string; meshes: number[]; children: OcctNode[] }
interface OcctMesh { color?: [number, number, number]; attributes: { position: { array: number[] }; normal?: { array: number[] } }; index: { array: number[] } }
interface Occt { ReadStepFile: (bytes: Uint8Array, options: unknown) => { success: boolean; root: OcctNode; meshes: OcctMesh[] } }
interface IfcNode { expressID: number; type: string; children: IfcNode[] }
interface IfcGeometry { GetVertexData: () => number; GetVertexDataSize: () => number; GetIndexData: () => number; GetIndexDataSize: () => number; delete: () => void }
interface IfcApi {
  SetWasmPath: (path: string, absolute: boolean) => void
  Init: (locate: (path: string) => string, single: boolean) => Promise<void>
  OpenModel: (bytes: Uint8Array) => number
  CloseModel: (model: number) => void
  StreamAllMeshes: (model: number, each: (mesh: { expressID: number; geometries: { size: () => number; get: (n: number) => { geometryExpressID: number; flatTransformation: number[]; color: { x: number; y: number; z: number; w: number } } } }) => void) => void
  GetGeometry: (model: number, id: number) => IfcGeometry
  GetVertexArray: (at: number, size: number) => Float32Array
  GetIndexArray: (at: number, size: number) => Uint32Array
  GetLine: (model: number, id: number) => { Name?: { value?: string } | null; GlobalId?: { value?: string } | null } | undefined
  properties: { getSpatialStructure: (model: number, withProperties: boolean) => Promise<IfcNode> }
}
declare const self: { importScripts: (url: string) => void; onmessage: (event: MessageEvent<Ask>) => void; postMessage: (answer: unknown, transfer?: Transferable[]) => void; occtimportjs?: (options: { locateFile: () => string }) => Promise<Occt>; WebIFC?: { IfcAPI: new () => IfcApi } } & typeof globalThis

self.onmessage = async ({ data: { bytes, kind, script, wasm } }) => {
  try {
    self.importScripts(script)
    const model = kind === 'step' ? await readStep(new Uint8Array(bytes), wasm) : await readIfc(new Uint8Array(bytes), wasm)
    self.postMessage({ value: model }, model.meshes.flatMap(m => [m.positions.buffer, m.indices.buffer, ...(m.normals ? [m.normals.buffer] : [])] as Transferable[]))
  } catch (error) {
    self.postMessage({ error: String(error) })
  }
}

async function readStep(bytes: Uint8Array, wasm: string): Promise<Model> {
  const occt = await self.occtimportjs!({ locateFile: () => wasm })
  const { success, root, meshes } = occt.ReadStepFile(bytes, { linearDeflectionType: 'bounding_box_ratio', linearDeflection: 0.001, angularDeflection: 0.5 })
  if (!success) throw new Error('not a STEP file')
  const part = ({ name, meshes, children }: OcctNode): Part => ({ name, meshes: [...meshes], parts: children.map(part) })
  return {
    root: part(root),
    meshes: meshes.map((m): Mesh => ({
      positions: new Float32Array(m.attributes.position.array), normals: m.attributes.normal ? new Float32Array(m.attributes.normal.array) : null, indices: new Uint32Array(m.index.array),
      colour: m.color ? [m.color[0], m.color[1], m.color[2], 1] : null, matrix: null,
    })),
  }
}

async function readIfc(bytes: Uint8Array, wasm: string): Promise<Model> {
  const api = new self.WebIFC!.IfcAPI()
  await api.Init(() => wasm, true)
  const id = api.OpenModel(bytes)
  const meshes: Mesh[] = []
  const ofElement = new Map<number, number[]>()
  api.StreamAllMeshes(id, ({ expressID, geometries }) => {
    for (let n = 0; n < geometries.size(); n++) {
      const { geometryExpressID, flatTransformation, color } = geometries.get(n)
      const geometry = api.GetGeometry(id, geometryExpressID)
      // Place and normal of each corner, one after the other.
      const corners = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize())
      const [positions, normals] = [new Float32Array(corners.length / 2), new Float32Array(corners.length / 2)]
      for (let c = 0; c < corners.length / 6; c++) for (let k = 0; k < 3; k++) { positions[3 * c + k] = corners[6 * c + k]!; normals[3 * c + k] = corners[6 * c + 3 + k]! }
      const indices = new Uint32Array(api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize()))
      geometry.delete()
      ofElement.set(expressID, [...(ofElement.get(expressID) ?? []), meshes.length])
      meshes.push({ positions, normals, indices, colour: [color.x, color.y, color.z, color.w], matrix: [...flatTransformation] })
    }
  })
  const placed = new Set<number>()
  const named = (element: number) => {
    const line = api.GetLine(id, element)
    return { name: line?.Name?.value ?? '', guid: line?.GlobalId?.value }
  }
  const part = ({ expressID, type, children }: IfcNode): Part => {
    placed.add(expressID)
    return { ...named(expressID), kind: type.replace(/^IFC/i, ''), meshes: ofElement.get(expressID) ?? [], parts: children.map(part) }
  }
  const root = part(await api.properties.getSpatialStructure(id, false))
  // What stands in no storey is there all the same.
  for (const [element, own] of ofElement) if (!placed.has(element)) root.parts.push({ ...named(element), meshes: own, parts: [] })
  api.CloseModel(id)
  return { root, meshes }
}
