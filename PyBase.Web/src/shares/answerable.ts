import type { Field } from '../api/types'

/** Who links records or names people has to know them. */
const unanswerable = new Set(['multipleRecordLinks', 'singleCollaborator', 'multipleCollaborators'])
export const isAnswerable = (field: Field) => !unanswerable.has(field.type)
