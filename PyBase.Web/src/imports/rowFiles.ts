const endings = ['csv', 'tsv', 'txt', 'xlsx', 'json', 'ndjson']

/** A file of rows is mapped by its owner; anything else that is dropped is a drawing. */
export const isRowFile = (file: File) => endings.includes(file.name.split('.').pop()?.toLowerCase() ?? '')
export const rowFileEndings = endings.map(e => `.${e}`).join(',')
