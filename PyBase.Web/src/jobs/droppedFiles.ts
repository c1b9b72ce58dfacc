/** The files of a drop, those in dropped folders too. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.() ?? null)
  // The list dies with the event: both must be read before the first await.
  const plain = [...transfer.files]
  if (!entries.some(entry => entry?.isDirectory)) return plain
  const nested = await Promise.all(entries.map(entry => (entry ? filesIn(entry) : [])))
  return nested.flat()
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: File[] = []
  for (;;) {
    // A reader gives a hundred at a time and nothing at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return found
    for (const child of some) if (!child.name.startsWith('.')) found.push(...(await filesIn(child)))
  }
}
