/** What somebody types as a number, with a point or a comma; `undefined` if it is none (yet). */
export function readNumber(text: string): number | undefined {
  const plain = text.replace(/[\s'’]/g, '').replace(',', '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined
  const number = Number(plain)
  return Number.isFinite(number) ? number : undefined
}
