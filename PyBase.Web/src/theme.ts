import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'
import { texts } from './texts'

const petrol: MantineColorsTuple = [
  '#e8f6f4', '#d2ebe8', '#a5d7d1', '#74c1b9', '#4bada4', '#2f9d94', '#17918a', '#0b7a75', '#08645f', '#044c48',
]
/** A neutral with a little petrol in it, from text on dark to the darkest surface. */
const dark: MantineColorsTuple = [
  '#d5dadc', '#b6bec2', '#8e999e', '#667176', '#3a4449', '#2b3338', '#22292d', '#191f22', '#13181a', '#0e1213',
]

export const fontFamily = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif"

/** What is closed is gone at once: while it faded it moved with what it belongs to, and took the next click from what stood below. */
const gone = { duration: 120, exitDuration: 0 }

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: 7,
  colors: { petrol, dark },
  fontFamily,
  headings: { fontFamily, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    Alert: { styles: { title: { color: 'var(--pb-ink)' } } },
    Modal: { styles: { title: { fontWeight: 600 } }, defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35, blur: 2 }, transitionProps: { duration: 120 }, closeButtonProps: { 'aria-label': texts.close } } },
    Button: { styles: { label: { fontWeight: 550 } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: gone } },
    Popover: { defaultProps: { transitionProps: gone } },
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--pb-canvas': '#f6f8f8',
    '--pb-surface': '#ffffff',
    '--pb-line': '#e2e7e8',
    '--pb-ink': '#1a2326',
    '--pb-soft': '#5a686d',
    '--mantine-color-text': '#1a2326',
    '--mantine-color-dimmed': '#5a686d',
    // Coloured words on their own tint, as dark as WCAG AA asks.
    '--mantine-color-petrol-light-color': '#075a56',
    '--mantine-color-red-light-color': '#b42318',
    '--mantine-color-orange-light-color': '#9a3d00',
    '--mantine-color-green-light-color': '#1d6b2c',
    '--mantine-color-gray-light-color': '#4a565b',
  },
  dark: {
    '--pb-canvas': '#13181a',
    '--pb-surface': '#191f22',
    '--pb-line': '#2b3338',
    '--pb-ink': '#e6eaeb',
    '--pb-soft': '#97a3a8',
    '--mantine-color-text': '#e6eaeb',
    '--mantine-color-dimmed': '#97a3a8',
    '--mantine-color-red-light-color': '#ff9d94',
    '--mantine-color-body': '#191f22',
  },
})
