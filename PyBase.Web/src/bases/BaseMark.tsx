import classes from './BaseMark.module.css'

const hues = [174, 210, 262, 330, 14, 38, 140, 196]

/** A base's colour and initials, the same everywhere and always. */
export function BaseMark({ id, name, size = 40 }: { id: string; name: string; size?: number }) {
  const hue = hues[[...id].reduce((sum, c) => sum + c.charCodeAt(0), 0) % hues.length]
  const words = name.trim().split(/[\s_-]+/)
  const initials = (words.length > 1 ? `${words[0]![0] ?? ''}${words[1]![0] ?? ''}` : name.trim().slice(0, 2)).toUpperCase()
  return (
    <span className={classes.mark} style={{ width: size, height: size, fontSize: size * 0.36, borderRadius: size * 0.24, background: `hsl(${hue} 52% 31%)` }} aria-hidden="true">
      {initials}
    </span>
  )
}
