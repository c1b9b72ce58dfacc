import { expect, it } from 'vitest'
import { found } from './found'

const bases = [{ id: 'app1', name: 'My parts', permissionLevel: 'edit' as const, workspaceId: 'wsp1' }, { id: 'app2', name: 'Parts of G4', permissionLevel: 'edit' as const, workspaceId: 'wsp1' }]
const tables = [{ id: 'tbl1', name: 'Parts', primaryFieldId: 'f', fields: [], views: [{ id: 'viw1', name: 'Open parts', type: 'grid' }] }]

it('finds names, those that begin with the words first, and says where each is', () => {
  const all = found('parts', bases, bases[1], tables, [{ tableId: 'tbl1', recordId: 'rec1', name: 'GB-1', excerpt: 'spare parts' }])
  expect(all.map(f => [f.kind, f.name, f.to])).toEqual([
    ['base', 'Parts of G4', '/bases/app2'], ['base', 'My parts', '/bases/app1'], ['table', 'Parts', '/bases/app2/tbl1'], ['view', 'Open parts', '/bases/app2/tbl1/viw1'],
    ['record', 'GB-1', '/bases/app2/tbl1?record=rec1'],
  ])
  expect(all[4]!.detail).toBe('Parts · spare parts')
})
