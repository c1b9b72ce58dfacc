import { useMemo } from 'react'
import { qrModules } from './qr'

/** Dark on white in either appearance, with the quiet border that readers need; nothing for a text that is too long. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = useMemo(() => qrModules(text), [text])
  if (!rows) return null
  const size = rows.length + 8
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + 4} ${y + 4}h1v1h-1z`] : []))).join('')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width={200} height={200} role="img" aria-label={label} shapeRendering="crispEdges" style={{ borderRadius: 8, flex: 'none' }} data-testid="factor-qr">
      <path d={`M0 0h${size}v${size}h${-size}z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
