import type { BaseDrawArgs } from '@glideapps/glide-data-grid'

export { getMiddleCenterBias, measureTextCached } from '@glideapps/glide-data-grid'
export type FullTheme = BaseDrawArgs['theme']
