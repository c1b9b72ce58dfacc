import { expect, it } from 'vitest'
import { mutationId } from './mutationId'
import { parseVersions } from './versions'

it('is a version 4 UUID, a new one each time', () => {
  expect(mutationId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(mutationId()).not.toBe(mutationId())
})

it('reads the versions of several tables, and nothing from nonsense', () => {
  expect(parseVersions('tblA=42, tblB=7')).toEqual({ tblA: 42, tblB: 7 })
  expect(parseVersions('tblA, =3, tblB=x')).toEqual({})
  expect(parseVersions(null)).toEqual({})
})
