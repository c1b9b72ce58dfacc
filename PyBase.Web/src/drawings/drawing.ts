/** Where the picture lies in its frame: moved by so many pixels, and so many times as large as when all of it is in sight. */
export interface Sight { x: number; y: number; scale: number }

export const WHOLE: Sight = { x: 0, y: 0, scale: 1 }
const LARGEST = 40

/** Nearer or farther, with a point of the frame staying where it is. */
export function scaled(sight: Sight, by: number, x: number, y: number): Sight {
  const scale = Math.min(LARGEST, Math.max(1, sight.scale * by))
  if (scale === 1) return WHOLE
  const part = scale / sight.scale
  return { x: x - (x - sight.x) * part, y: y - (y - sight.y) * part, scale }
}

/** A box of the frame in its middle, as large as can be without losing what lies around it. */
export function around(box: { x: number; y: number; width: number; height: number }, frame: { width: number; height: number }, most = 5): Sight {
  const scale = Math.max(1, Math.min(most, frame.width / (4 * Math.max(box.width, 1)), frame.height / (4 * Math.max(box.height, 1))))
  if (scale === 1) return WHOLE
  return { x: frame.width / 2 - (box.x + box.width / 2) * scale, y: frame.height / 2 - (box.y + box.height / 2) * scale, scale }
}

/** The layout or page of a place: `Model#2A3` lies on Model, `p2[10,20,30,40]` on page 2. */
export function sheetOf(place: string | undefined, sheets: readonly string[]): string | undefined {
  const name = /^p(\d+)(\[|$)/.exec(place ?? '')?.[1] ?? place?.split('#')[0]
  return sheets.find(sheet => sheet.toLowerCase() === name?.toLowerCase()) ?? sheets[0]
}

/** The entity of a place as the picture calls it: `Model#2A3/TAG` is `e2A3`. */
export function entityOf(place: string | undefined): string | undefined {
  const handle = /#([0-9a-f]+)(\/|$)/i.exec(place ?? '')?.[1]
  return handle && `e${handle.replace(/^0+(?=.)/, '').toUpperCase()}`
}

/** A picture as it came from the server, with nothing in it that could do more than be seen. */
export function readPicture(text: string): SVGSVGElement | null {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement
  if (!(root instanceof SVGSVGElement)) return null
  for (const element of [...root.querySelectorAll('*')]) {
    if (!['g', 'path', 'rect', 'text', 'image'].includes(element.localName)) element.remove()
    for (const { name, value } of [...element.attributes]) if (name.startsWith('on') || (name.endsWith('href') && !value.startsWith('data:image/'))) element.removeAttribute(name)
  }
  return root
}
