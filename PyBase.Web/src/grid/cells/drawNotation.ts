import { GridCellKind, type DrawCellCallback } from '@glideapps/glide-data-grid'
import { frameOf, shown, stackOf, symbols, type NotationCell, type Row } from '../engineering'
import { getMiddleCenterBias, type FullTheme } from './drawing'

/** The grid's type of the callback forgets that its theme is complete. */
type Args = Omit<Parameters<DrawCellCallback>[0], 'theme'> & { theme: FullTheme }

/** A tolerance frame as boxes and unequal deviations over each other, as on a drawing; all other cells as the grid draws them. */
export const drawNotation: DrawCellCallback = (args, drawContent) => {
  const cell = args.cell
  const notation = cell.kind === GridCellKind.Text ? (cell as Partial<NotationCell>).notation : undefined
  const text = cell.kind === GridCellKind.Text ? cell.data : ''
  const frame = notation === 'gdt' ? frameOf(text) : null
  const stack = notation === 'quantity' ? stackOf(text) : null
  if (!frame && !stack) {
    drawContent()
    return
  }
  const full = { ...args, theme: args.theme as FullTheme }
  const { ctx, theme, rect } = full
  ctx.save()
  ctx.beginPath()
  ctx.rect(rect.x, rect.y, rect.width, rect.height)
  ctx.clip()
  ctx.fillStyle = theme.textDark
  ctx.font = theme.baseFontFull
  if (frame) drawFrame(full, frame.count, frame.rows)
  if (stack) drawStack(full, stack)
  ctx.restore()
}

function drawFrame({ ctx, theme, rect }: Args, count: string, rows: Row[]) {
  const bias = getMiddleCenterBias(ctx, theme)
  const height = Math.min(22, (rect.height - 6) / rows.length)
  const top = rect.y + (rect.height - height * rows.length) / 2
  let left = rect.x + theme.cellHorizontalPadding
  if (count) {
    ctx.fillText(count, left, rect.y + rect.height / 2 + bias)
    left += ctx.measureText(count).width + 5
  }
  ctx.strokeStyle = theme.textMedium
  ctx.lineWidth = 1
  if (height < 18) ctx.font = theme.baseFontFull.replace(/(\d+(\.\d+)?)px/, `${Math.max(9, height - 4)}px`)
  rows.forEach((row, n) => {
    const y = top + n * height
    let x = left
    // The characteristic of a composite frame spans its rows.
    const spans = row.symbol && n === 0 && rows.slice(1).every(other => !other.symbol) ? rows.length : 1
    if (row.symbol) {
      ctx.strokeRect(Math.round(x) + 0.5, Math.round(y) + 0.5, 24, Math.round(height * spans))
      drawSymbol(ctx, row.symbol, x + 12, y + (height * spans) / 2, Math.min(15, height - 4), theme.textDark)
    }
    x += 24
    for (const compartment of row.compartments) {
      const width = drawSigns(ctx, compartment, x + 6, y + height / 2, bias, theme.textDark) - x + 6
      ctx.strokeRect(Math.round(x) + 0.5, Math.round(y) + 0.5, Math.round(width), Math.round(height))
      x += Math.round(width)
    }
  })
}

/** A text whose circled letters are letters in circles, since few fonts have those; gives where it ends. */
function drawSigns(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, bias: number, ink: string) {
  const size = Number(/([\d.]+)px/.exec(ctx.font)?.[1] ?? 13)
  for (const piece of shown(text).split(/([Ⓐ-Ⓩ])/).filter(Boolean)) {
    if (!/^[Ⓐ-Ⓩ]$/.test(piece)) {
      ctx.fillText(piece, x, y + bias)
      x += ctx.measureText(piece).width
      continue
    }
    ctx.save()
    ctx.strokeStyle = ink
    ctx.beginPath()
    ctx.arc(x + size * 0.6, y, size * 0.52, 0, 2 * Math.PI)
    ctx.stroke()
    ctx.font = ctx.font.replace(/[\d.]+px/, `${size * 0.7}px`)
    ctx.textAlign = 'center'
    ctx.fillText(String.fromCharCode(piece.charCodeAt(0) - 0x24b6 + 65), x + size * 0.6, y + bias * 0.7)
    ctx.restore()
    x += size * 1.2
  }
  return x
}

function drawSymbol(ctx: CanvasRenderingContext2D, symbol: string, x: number, y: number, size: number, ink: string) {
  ctx.save()
  ctx.translate(x - size / 2, y - size / 2)
  ctx.scale(size / 16, size / 16)
  ctx.strokeStyle = ink
  ctx.lineWidth = 1.4
  ctx.stroke(new Path2D(symbols[symbol]))
  ctx.restore()
}

function drawStack({ ctx, theme, rect }: Args, { before, upper, lower, behind }: NonNullable<ReturnType<typeof stackOf>>) {
  const bias = getMiddleCenterBias(ctx, theme)
  const middle = rect.y + rect.height / 2
  let x = rect.x + theme.cellHorizontalPadding
  ctx.fillText(shown(before), x, middle + bias)
  x += ctx.measureText(shown(before)).width + 4
  ctx.font = theme.baseFontFull.replace(/(\d+(\.\d+)?)px/, (_, size: string) => `${Number(size) * 0.78}px`)
  ctx.fillText(upper, x, middle - 6 + bias)
  ctx.fillText(lower, x, middle + 7 + bias)
  x += Math.max(ctx.measureText(upper).width, ctx.measureText(lower).width) + 4
  ctx.font = theme.baseFontFull
  ctx.fillText(behind, x, middle + bias)
}
