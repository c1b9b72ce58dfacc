export type Versions = Readonly<Record<string, number>>

/** `PyBase-Version: tblA=42, tblB=7` → `{ tblA: 42, tblB: 7 }`. */
export function parseVersions(header: string | null): Versions {
  const versions: Record<string, number> = {}
  for (const part of header?.split(',') ?? []) {
    const [id, number] = part.split('=').map(s => s.trim())
    if (id && number && /^\d+$/.test(number)) versions[id] = Number(number)
  }
  return versions
}
