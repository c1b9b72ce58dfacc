import type { Theme } from '@glideapps/glide-data-grid'
import { fontFamily } from '../theme'

const common: Partial<Theme> = {
  fontFamily,
  baseFontStyle: '13px',
  headerFontStyle: '550 13px',
  markerFontStyle: '11px',
  editorFontSize: '13px',
  headerIconSize: 18,
  cellHorizontalPadding: 10,
  cellVerticalPadding: 4,
  lineHeight: 1.5,
  roundingRadius: 5,
}

const light: Partial<Theme> = {
  ...common,
  accentColor: '#0b7a75', accentFg: '#ffffff', accentLight: 'rgba(11, 122, 117, 0.09)',
  textDark: '#1a2326', textMedium: '#5a686d', textLight: '#8b989c', textBubble: '#0a4f4c',
  bgIconHeader: 'transparent', fgIconHeader: '#7b898e', textHeader: '#4a585d', textHeaderSelected: '#ffffff',
  bgCell: '#ffffff', bgCellMedium: '#f6f8f8', bgHeader: '#f6f8f8', bgHeaderHasFocus: '#e9eff0', bgHeaderHovered: '#eff3f3',
  bgBubble: '#dff0ee', bgBubbleSelected: '#ffffff', bgSearchResult: '#fff2c2',
  borderColor: '#e6ebec', horizontalBorderColor: '#e9eeee', headerBottomBorderColor: '#dbe2e3', drilldownBorder: 'rgba(0,0,0,0)',
  linkColor: '#0b7a75', resizeIndicatorColor: '#0b7a75',
}

const dark: Partial<Theme> = {
  ...common,
  accentColor: '#2f9d94', accentFg: '#06201e', accentLight: 'rgba(75, 173, 164, 0.14)',
  textDark: '#e6eaeb', textMedium: '#97a3a8', textLight: '#707c81', textBubble: '#bfe6e1',
  bgIconHeader: 'transparent', fgIconHeader: '#7f8b90', textHeader: '#aab5b9', textHeaderSelected: '#06201e',
  bgCell: '#191f22', bgCellMedium: '#1d2427', bgHeader: '#15191c', bgHeaderHasFocus: '#222a2e', bgHeaderHovered: '#1d2427',
  bgBubble: '#17403d', bgBubbleSelected: '#22292d', bgSearchResult: '#4d4218',
  borderColor: '#262d31', horizontalBorderColor: '#242b2f', headerBottomBorderColor: '#30393e', drilldownBorder: 'rgba(0,0,0,0)',
  linkColor: '#74c1b9', resizeIndicatorColor: '#2f9d94',
}

export const gridTheme = (isDark: boolean) => (isDark ? dark : light)
