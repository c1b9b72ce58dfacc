const waiting = new Map<string, File[]>()

/** Files dropped where there was no base yet, kept until the page of the new base asks for them. */
export const giveFiles = (base: string, files: File[]) => void waiting.set(base, files)

export function takeFiles(base: string): File[] {
  const files = waiting.get(base) ?? []
  waiting.delete(base)
  return files
}
