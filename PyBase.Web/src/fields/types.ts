import { pageTexts } from '../pageTexts'

const groups: [keyof typeof pageTexts.fields.groups, string[]][] = [
  ['text', ['singleLineText', 'multilineText', 'richText', 'email', 'url', 'phoneNumber', 'barcode']],
  ['numbers', ['number', 'currency', 'percent', 'duration', 'rating']],
  ['choices', ['singleSelect', 'multipleSelects', 'status', 'checkbox']],
  ['dates', ['date', 'dateTime', 'time']],
  ['links', ['multipleRecordLinks', 'multipleLookupValues', 'rollup', 'count', 'recursiveRollup']],
  ['people', ['singleCollaborator', 'multipleCollaborators', 'createdBy', 'lastModifiedBy']],
  ['computed', ['formula', 'autoNumber', 'createdTime', 'lastModifiedTime', 'button']],
  ['files', ['multipleAttachments']],
  ['engineering', ['quantity', 'gdt', 'thread', 'surfaceFinish', 'material', 'revision', 'drawingReference', 'bomItem']],
]

/** For a list to choose from; a type this version has no words for is in it when a field has it. */
export function typeGroups(current: string) {
  const known = groups.map(([group, types]) => ({ group: pageTexts.fields.groups[group], items: types.map(value => ({ value, label: pageTexts.fields.types[value] ?? value })) }))
  return groups.some(([, types]) => types.includes(current)) ? known : [...known, { group: '…', items: [{ value: current, label: current }] }]
}
