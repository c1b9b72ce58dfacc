import { measureTextCached, type FullTheme } from './drawing'

export const PILL = { height: 22, pad: 9, gap: 5 }

export function pillWidth(ctx: CanvasRenderingContext2D, text: string, theme: FullTheme) {
  return measureTextCached(text, ctx, theme.baseFontFull).width + PILL.pad * 2
}

export function drawPill(
  ctx: CanvasRenderingContext2D, text: string, x: number, middle: number, width: number, round: number, back: string, ink: string, bias: number,
) {
  ctx.fillStyle = back
  ctx.beginPath()
  ctx.roundRect(x, middle - PILL.height / 2, width, PILL.height, round)
  ctx.fill()
  ctx.fillStyle = ink
  ctx.fillText(text, x + PILL.pad, middle + bias)
}
