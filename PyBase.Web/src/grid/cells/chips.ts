import type { BaseDrawArgs } from '@glideapps/glide-data-grid'
import { getMiddleCenterBias, type FullTheme } from './drawing'
import { drawPill, PILL, pillWidth } from './pill'

/** Names in a row, each in a chip, as many as there is room for. */
export function drawChips({ ctx, theme, rect }: Pick<BaseDrawArgs, 'ctx' | 'theme' | 'rect'>, names: readonly string[], round = 5, back?: string, ink?: string) {
  let x = rect.x + theme.cellHorizontalPadding - 2
  const bias = getMiddleCenterBias(ctx, theme)
  for (const name of names) {
    if (x > rect.x + rect.width) break
    const width = pillWidth(ctx, name, theme)
    drawPill(ctx, name, x, rect.y + rect.height / 2, width, round, back ?? theme.bgBubble, ink ?? theme.textBubble, bias)
    x += width + PILL.gap
  }
}

export const chipsWidth = (ctx: CanvasRenderingContext2D, names: readonly string[], theme: FullTheme) =>
  names.reduce((sum, name) => sum + pillWidth(ctx, name, theme) + PILL.gap, theme.cellHorizontalPadding * 2)
