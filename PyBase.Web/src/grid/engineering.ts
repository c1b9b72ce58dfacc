import type { TextCell } from '@glideapps/glide-data-grid'

/** Fields whose cells are written as text in an engineering notation and come back as an object with that text. */
export const engineering = ['quantity', 'gdt', 'thread', 'surfaceFinish', 'material', 'revision', 'drawingReference', 'bomItem'] as const

export const isNotation = (type: string) => (engineering as readonly string[]).includes(type)

/** A text cell to the grid; how its text is drawn depends on the notation. */
export interface NotationCell extends TextCell { notation: string }

/** One compartment of a tolerance frame: a characteristic, or a text in which signs may be circled. */
export interface Row { symbol: string; compartments: string[] }

/** `⌖|⌀0.1Ⓜ|A|B; ⌀0.05|A` → its rows; null when the text is no frame. */
export function frameOf(text: string): { count: string; rows: Row[] } | null {
  const [, count = '', body = ''] = /^(\d+x )?(.*)$/.exec(text) ?? []
  const rows = body.split('; ').map(row => {
    const [first = '', ...rest] = row.split('|')
    return first in symbols ? { symbol: first, compartments: rest } : { symbol: '', compartments: [first, ...rest] }
  })
  return rows[0]?.symbol ? { count: count.trim(), rows } : null
}

/** `⌀10 +0.2/-0.1 mm` → what stands before, the two deviations over each other, and what stands behind; null for other texts. */
export function stackOf(text: string): { before: string; upper: string; lower: string; behind: string } | null {
  const found = /^(.*?) ([+-][\d.]+|0)\/([+-][\d.]+|0)(.*)$/.exec(text)
  return found ? { before: found[1]!, upper: found[2]!, lower: found[3]!, behind: found[4]!.trim() } : null
}

/** ⌀ is in few fonts; Ø looks the same. */
export const shown = (text: string) => text.replaceAll('⌀', 'Ø')

/** The signs of ISO 1101 in a box of 16 × 16, since few fonts have them. */
export const symbols: Record<string, string> = {
  '⏤': 'M1 8H15',
  '⏥': 'M1 12L5 4H15L11 12Z',
  '○': 'M14 8A6 6 0 1 1 2 8A6 6 0 1 1 14 8',
  '⌭': 'M12 8A4 4 0 1 1 4 8A4 4 0 1 1 12 8M2 14L6 2M10 14L14 2',
  '⌒': 'M1 12A7 7 0 0 1 15 12',
  '⌓': 'M1 12A7 7 0 0 1 15 12Z',
  '∠': 'M14 3L2 13H15',
  '⟂': 'M8 2V13M1 13H15',
  '∥': 'M4 14L8 2M8 14L12 2',
  '⌖': 'M12 8A4 4 0 1 1 4 8A4 4 0 1 1 12 8M8 1V15M1 8H15',
  '◎': 'M14 8A6 6 0 1 1 2 8A6 6 0 1 1 14 8M11 8A3 3 0 1 1 5 8A3 3 0 1 1 11 8',
  '⌯': 'M4 4H12M1 8H15M4 12H12',
  '↗': 'M3 13L13 3M13 3L8.500 4.500M13 3L11.500 7.500',
  '⌰': 'M1 13L8 4M8 4L4.500 5.500M8 4L7 8M7 13L14 4M14 4L10.500 5.500M14 4L13 8M1 13H7',
}
