/** QR codes (ISO/IEC 18004) of short texts: bytes, error correction level M, versions 1 to 20. */

// Of version n, at place n - 1: bytes of correction in each block, and blocks.
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26]
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16]

/** Rows of modules, true where dark; null for a text that is too long. */
export function qrModules(text: string): boolean[][] | null {
  const bytes = [...new TextEncoder().encode(text)]
  const version = CORRECTION.findIndex((_, i) => headBits(i + 1) + bytes.length * 8 <= dataBytes(i + 1) * 8) + 1
  if (!version) return null
  const words = codewords(bytes, version)
  const candidates = MASKS.map((mask, number) => drawn(version, words, mask, number))
  return candidates.reduce((best, one) => (penalty(one) < penalty(best) ? one : best))
}

const headBits = (version: number) => 4 + (version < 10 ? 8 : 16)
const dataBytes = (version: number) => (rawModules(version) >> 3) - CORRECTION[version - 1]! * BLOCKS[version - 1]!

/** Modules that are left for data beside the patterns. */
function rawModules(version: number): number {
  if (version === 1) return 208
  const aligned = Math.floor(version / 7) + 2
  return (16 * version + 128) * version + 64 - (25 * aligned - 10) * aligned + 55 - (version >= 7 ? 36 : 0)
}

/** The data, filled up, in blocks with their correction, interleaved. */
function codewords(bytes: number[], version: number): number[] {
  const size = dataBytes(version)
  let bits = '0100' + bytes.length.toString(2).padStart(headBits(version) - 4, '0') + bytes.map(byte => byte.toString(2).padStart(8, '0')).join('')
  bits += '0'.repeat(Math.min(4, size * 8 - bits.length))
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0')
  const data = bits.match(/.{8}/g)!.map(byte => parseInt(byte, 2))
  for (let fill = 0xec; data.length < size; fill ^= 0xec ^ 0x11) data.push(fill)

  const [count, correction] = [BLOCKS[version - 1]!, CORRECTION[version - 1]!]
  const short = Math.floor(size / count)
  const longer = size % count
  const blocks = Array.from({ length: count }, (_, i) => {
    const start = i * short + Math.max(0, i - (count - longer))
    return data.slice(start, start + short + (i >= count - longer ? 1 : 0))
  })
  const columns = (rows: number[][]) => Array.from({ length: Math.max(...rows.map(row => row.length)) }, (_, i) => rows.flatMap(row => row.slice(i, i + 1))).flat()
  return [...columns(blocks), ...columns(blocks.map(block => remainder(block, divisor(correction))))]
}

/** In the field of 256 elements over x⁸ + x⁴ + x³ + x² + 1. */
function times(a: number, b: number): number {
  let product = 0
  for (let i = 7; i >= 0; i--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> i) & 1) * a)
  return product
}

/** The generator of Reed and Solomon, without its leading one. */
function divisor(degree: number): number[] {
  const result = [...Array<number>(degree - 1).fill(0), 1]
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2))
    for (let j = 0; j < degree; j++) result[j] = times(result[j]!, root) ^ (result[j + 1] ?? 0)
  return result
}

function remainder(data: number[], by: number[]): number[] {
  const result = Array<number>(by.length).fill(0)
  for (const byte of data) {
    const factor = byte ^ result.shift()!
    result.push(0)
    by.forEach((coefficient, i) => { result[i]! ^= times(coefficient, factor) })
  }
  return result
}

const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  x => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

function drawn(version: number, words: number[], mask: (x: number, y: number) => boolean, number: number): boolean[][] {
  const size = 4 * version + 17
  const modules = Array.from({ length: size }, () => Array<boolean | undefined>(size).fill(undefined))
  const set = (x: number, y: number, dark: boolean) => { if (modules[y] && x >= 0 && x < size) modules[y][x] = dark }

  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0)
    set(i, 6, i % 2 === 0)
  }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]] as const)
    for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) set(cx + dx, cy + dy, ![2, 4].includes(Math.max(Math.abs(dx), Math.abs(dy))))
  const places = alignments(version, size)
  const last = places.length - 1
  places.forEach((cx, i) => places.forEach((cy, j) => {
    if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return
    for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1)
  }))

  // Level M is 00; then the mask.
  const format = ((number << 10) | checked(number, 10, 0x537)) ^ 0x5412
  for (let i = 0; i < 15; i++) {
    const dark = ((format >> i) & 1) === 1
    set(8, i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, dark)
    set(i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i, 8, dark)
  }
  set(8, size - 8, true)
  if (version >= 7) {
    const told = (version << 12) | checked(version, 12, 0x1f25)
    for (let i = 0; i < 18; i++) {
      const [a, b, dark] = [size - 11 + (i % 3), Math.floor(i / 3), ((told >> i) & 1) === 1]
      set(a, b, dark)
      set(b, a, dark)
    }
  }

  // In pairs of columns from the right, upwards and downwards in turn; the column of the timing pattern is left out.
  let bit = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++)
      for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step
        if (modules[y]![x] !== undefined) continue
        modules[y]![x] = (((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1 !== mask(x, y)
        bit++
      }
  }
  return modules as boolean[][]
}

function alignments(version: number, size: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  return [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - (count - 2 - i) * step)]
}

/** The check bits of a BCH code. */
function checked(value: number, bits: number, by: number): number {
  let rest = value
  for (let i = 0; i < bits; i++) rest = (rest << 1) ^ ((rest >> (bits - 1)) * by)
  return rest
}

/** How hard it is to read: runs, blocks of one colour, what looks like a corner, too much of one colour. */
function penalty(rows: boolean[][]): number {
  const size = rows.length
  const lines = [...rows, ...rows.map((_, x) => rows.map(row => row[x]!))].map(line => line.map(dark => (dark ? '1' : '0')).join(''))
  let sum = 0
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2
    sum += 40 * ((`0000${line}0000`.match(/(?=00001011101)/g)?.length ?? 0) + (`0000${line}0000`.match(/(?=10111010000)/g)?.length ?? 0))
  }
  let dark = 0
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      if (rows[y]![x]) dark++
      if (x && y && rows[y]![x] === rows[y]![x - 1] && rows[y]![x] === rows[y - 1]![x] && rows[y]![x] === rows[y - 1]![x - 1]) sum += 3
    }
  return sum + 10 * Math.floor(Math.abs((dark * 20) / (size * size) - 10))
}
