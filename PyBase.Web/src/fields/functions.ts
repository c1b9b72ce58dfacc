import page from '../../../docs/formulas.md?raw'

/** Name and meaning of each function, from the page that the formula engine's own catalogue writes: | `NAME(…)` | What it gives. | */
export const functions: readonly [name: string, meaning: string][] = [...page.matchAll(/^\| `([A-Z_]+)(\([^`]*\))` \| (.*?) \|$/gm)].map(m => [m[1]!, `${m[2]!} — ${m[3]!}`])
