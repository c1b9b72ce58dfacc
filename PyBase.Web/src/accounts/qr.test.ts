import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { qrModules } from './qr'

const drawn = (text: string) => qrModules(text)!.map(row => row.map(dark => (dark ? '#' : '.')).join(''))

// This and the sums below were read back by a decoder.
it('draws the smallest one', () => {
  expect(drawn('PyBase')).toEqual([
    '#######..####.#######',
    '#.....#..#.##.#.....#',
    '#.###.#.##.##.#.###.#',
    '#.###.#.##..#.#.###.#',
    '#.###.#.#####.#.###.#',
    '#.....#.###.#.#.....#',
    '#######.#.#.#.#######',
    '........#..##........',
    '#.#####..##.#.#####..',
    '....#...##..#..#...##',
    '#.###.#.#..#.#..####.',
    '#.###..#..#....####..',
    '.#...##..###.#..#.#..',
    '........##.#####..##.',
    '#######...#.#.##...#.',
    '#.....#.##.####..##.#',
    '#.###.#.#.#.#......#.',
    '#.###.#.#...#..##.#..',
    '#.###.#.####.#...##..',
    '#.....#.........###..',
    '#######.####.#.#.#.#.',
  ])
})

it.each([
  [14, 21, 'b48fd5af4e67cb6c'],
  [40, 29, '9417df3ceb9d9382'],
  [110, 45, '09e2ec7f04b30741'],
  [150, 49, 'e2fe625fc4767813'],
  [213, 57, '4d2ec88cd48f80a3'],
  [500, 85, '5519fd00f02adf0b'],
  [666, 97, 'd4076dabd9bc936e'],
])('draws %i letters in %i modules', (length, size, sum) => {
  const rows = drawn(Array.from({ length }, (_, i) => String.fromCharCode(33 + ((i * 31 + length * 7) % 90))).join(''))
  expect(rows).toHaveLength(size)
  expect(createHash('sha256').update(rows.join('')).digest('hex').slice(0, 16)).toBe(sum)
})

it('counts bytes, not letters, and knows where it ends', () => {
  expect(drawn('ü'.repeat(333))).toHaveLength(97)
  expect(qrModules('x'.repeat(667))).toBeNull()
})
