import type { Shown } from './shownAs'

const formats = new Map<string, Intl.NumberFormat>()

/** What is shown should be what can be typed and pasted, so there are no thin spaces between thousands. */
function plain(value: number, precision: number | undefined, grouped = false): string {
  const key = `${precision} ${grouped}`
  let format = formats.get(key)
  if (!format) formats.set(key, (format = new Intl.NumberFormat('en', { useGrouping: grouped, minimumFractionDigits: precision ?? 0, maximumFractionDigits: precision ?? 12 })))
  return format.format(value)
}

export function showNumber(value: number, { type, options }: Shown): string {
  const precision = typeof options.precision === 'number' ? options.precision : undefined
  switch (type) {
    case 'currency':
      return `${value < 0 ? '−' : ''}${String(options.symbol ?? '$')}${plain(Math.abs(value), precision ?? 2, true)}`
    case 'percent':
      return `${plain(Math.round(value * 1e15) / 1e13, precision)} %`
    case 'duration':
      return showDuration(value, String(options.durationFormat ?? 'h:mm'))
    default:
      return plain(value, precision)
  }
}

/** Seconds as hours, minutes and, where the format has them, seconds with decimals. */
export function showDuration(seconds: number, format: string): string {
  const decimals = /\.(S+)$/.exec(format)?.[1]?.length ?? 0
  const unit = format === 'h:mm' ? 60 : 1
  const total = Math.round((Math.abs(seconds) / unit) * 10 ** decimals) / 10 ** decimals * unit
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = `${seconds < 0 && total > 0 ? '-' : ''}${Math.floor(total / 3600)}:${two(Math.floor(total / 60) % 60)}`
  return format === 'h:mm' ? hours : `${hours}:${(total % 60).toFixed(decimals).padStart(decimals ? decimals + 3 : 2, '0')}`
}

/** What somebody types as a number, with a point or a comma; `undefined` if it is none (yet). */
export function readNumber(text: string): number | undefined {
  const bare = text.replace(/[\s'’]/g, '').replace(',', '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare)) return undefined
  const number = Number(bare)
  return Number.isFinite(number) ? number : undefined
}

/** The same for a field that shows more than digits: `12.5 %`, `€ 3.20`, `1:30`. */
export function readNumberOf(text: string, { type, options }: Shown): number | undefined {
  const trimmed = text.trim()
  if (type === 'percent') {
    const number = readNumber(trimmed.replace(/%$/, ''))
    return number === undefined ? undefined : number / 100
  }
  if (type === 'currency') return readNumber(trimmed.replace(String(options.symbol ?? '$'), '').replace('−', '-').replace(/,(?=\d{3}(\D|$))/g, ''))
  if (type === 'duration' && trimmed.includes(':')) {
    const parts = trimmed.replace(/^-/, '').split(':').map(Number)
    if (parts.length > 3 || parts.some(p => !Number.isFinite(p))) return undefined
    const [a = 0, b = 0, c] = parts
    const seconds = c !== undefined ? a * 3600 + b * 60 + c : options.durationFormat === 'h:mm' ? a * 3600 + b * 60 : a * 60 + b
    return trimmed.startsWith('-') ? -seconds : seconds
  }
  return readNumber(trimmed)
}

/** A number as it stands in the editor. */
export function typedNumber(value: number, shown: Shown): string {
  if (shown.type === 'percent') return String(Math.round(value * 1e15) / 1e13)
  if (shown.type === 'duration') return showNumber(value, shown)
  return String(value)
}
