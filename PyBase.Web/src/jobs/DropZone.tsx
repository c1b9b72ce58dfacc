import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { texts } from '../texts'
import classes from './DropZone.module.css'
import { filesOf } from './droppedFiles'

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** The whole window takes files; it shows so while something is dragged over it. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false)
  const take = useRef(onFiles)
  useEffect(() => { take.current = onFiles }, [onFiles])

  useEffect(() => {
    let depth = 0
    const listen: Record<string, (event: DragEvent) => void> = {
      dragenter: event => { if (hasFiles(event)) { event.preventDefault(); depth++; setOver(true) } },
      dragover: event => { if (hasFiles(event)) event.preventDefault() },
      dragleave: event => { if (hasFiles(event) && --depth <= 0) { depth = 0; setOver(false) } },
      drop: event => {
        if (!hasFiles(event)) return
        event.preventDefault()
        depth = 0
        setOver(false)
        void filesOf(event.dataTransfer!).then(files => files.length && take.current(files))
      },
    }
    for (const [name, handler] of Object.entries(listen)) window.addEventListener(name, handler as EventListener)
    return () => {
      for (const [name, handler] of Object.entries(listen)) window.removeEventListener(name, handler as EventListener)
    }
  }, [])

  return (
    <div className={classes.zone} data-over={over || undefined} data-testid="dropzone" aria-hidden={!over}>
      <div className={classes.card}>
        <IconFileImport size={40} stroke={1.5} />
        <b>{texts.jobs.dropTitle}</b>
        <span>{texts.jobs.dropLead}</span>
      </div>
    </div>
  )
}
