import { gzipSync } from 'node:zlib'
import type { Plugin, Rollup } from 'vite'

/** Fails the build when what a browser loads before it shows rows (scripts and styles of sign-in and grid, compressed) is more than `most` kB. */
export function firstLoad(pages: readonly string[], most: number): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    writeBundle(_, bundle) {
      const sizes = new Map<string, number>()
      const add = (name: string) => {
        const file = bundle[name]
        if (!file || sizes.has(name)) return
        sizes.set(name, gzipSync(file.type === 'chunk' ? file.code : file.source).length / 1000)
        if (file.type !== 'chunk') return
        file.imports.forEach(add)
        ;(file as Rollup.OutputChunk & { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss.forEach(add)
      }
      for (const file of Object.values(bundle))
        if (file.type === 'chunk' && (file.isEntry || pages.some(page => file.facadeModuleId?.endsWith(page)))) add(file.fileName)
      const sum = [...sizes.values()].reduce((a, b) => a + b, 0)
      if (sizes.size < 2) this.error('first load: the pages are not in the bundle')
      const list = [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 12).map(([name, size]) => `  ${size.toFixed(1).padStart(7)} kB  ${name}`).join('\n')
      if (sum > most) this.error(`first load: ${sum.toFixed(1)} kB compressed, more than ${most} kB\n${list}`)
      console.info(`first load: ${sum.toFixed(1)} kB compressed of at most ${most} kB`)
    },
  }
}
