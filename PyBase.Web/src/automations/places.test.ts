import { describe, expect, it } from 'vitest'
import type { Action } from '../api/automations'
import type { Table } from '../api/types'
import { flattened, newId, placesOf, type Scope } from './places'

const parts: Table = { id: 'tblParts', name: 'Parts', primaryFieldId: 'f1', views: [], fields: [{ id: 'f1', name: 'Part number', type: 'singleLineText' }, { id: 'f2', name: 'Price [€] net.', type: 'currency' }, { id: 'f3', name: 'Owner', type: 'singleCollaborator' }] }
const find: Action = { id: 'find', kind: 'findRecords', table: 'tblParts' }
const scope: Scope = { tables: [parts], trigger: { kind: 'recordCreated', table: 'tblParts' }, before: [], secrets: ['key'] }
const paths = (of: Partial<Scope>) => placesOf({ ...scope, ...of }).map(p => p.path)

describe('places', () => {
  it('are the fields of the trigger’s record, quoted where they must be', () => {
    expect(paths({})).toEqual(expect.arrayContaining(['trigger.record.fields.Part number', 'trigger.record.fields["Price [€] net."]', 'trigger.record.fields.Owner.email', 'trigger.record.id', 'secrets.key', 'now']))
  })
  it('are what earlier actions gave', () => {
    expect(paths({ before: [find, { id: 'call', kind: 'callHttp', url: '', response: { price: 'data.price' } }] })).toEqual(expect.arrayContaining(['steps.find.records[0].fields.Part number', 'steps.find.count', 'steps.call.status', 'steps.call.price']))
  })
  it('of a loop over records found are their fields', () => {
    expect(paths({ before: [find], loop: { id: 'each', kind: 'loop', items: '{{steps.find.records}}' } })).toContain('item.fields.Part number')
    expect(paths({ loop: { id: 'each', kind: 'loop', items: '{{trigger.body}}' } })).not.toContain('item.fields.Part number')
  })
  it('of a schedule are of no record', () => expect(paths({ trigger: { kind: 'schedule' } })).not.toContain('trigger.record.id'))
})

describe('actions', () => {
  const branch: Action = { id: 'branch', kind: 'branch', then: [find], else: [{ id: 'find2', kind: 'findRecords' }] }
  it('in branches are found after it, those in loops are not', () => {
    expect(flattened([branch, { id: 'loop', kind: 'loop', do: [{ id: 'inner', kind: 'delay' }] }]).map(a => a.id)).toEqual(['branch', 'find', 'find2', 'loop'])
  })
  it('get names that no other has', () => {
    expect([newId('findRecords', [branch]), newId('sendEmail', [branch])]).toEqual(['find3', 'send'])
  })
})
