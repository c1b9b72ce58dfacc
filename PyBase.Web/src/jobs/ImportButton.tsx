import { Button, FileButton, Menu } from '@mantine/core'
import { IconFileImport, IconFileSpreadsheet, IconRulerMeasure } from '@tabler/icons-react'
import { useRef } from 'react'
import classes from '../bases/BasePage.module.css'
import { texts } from '../texts'

const t = texts.jobs

/** Drawings are read at once, rows are asked about first. */
export function ImportButton({ onDrawings, onRows }: { onDrawings: (files: File[]) => void; onRows: () => void }) {
  const choose = useRef<() => void>(() => {})
  return (
    <>
      <FileButton onChange={onDrawings} multiple inputProps={{ 'data-testid': 'file-input' } as object}>
        {props => {
          choose.current = props.onClick
          return null
        }}
      </FileButton>
      <Menu position="bottom-end" withinPortal width={260}>
        <Menu.Target>
          <Button variant="light" leftSection={<IconFileImport size={18} />} className={classes.import} aria-label={t.importAny} data-testid="import"><span>{t.importAny}</span></Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRulerMeasure size={18} />} onClick={() => choose.current()} data-testid="import-drawing">{t.import}<br /><small style={{ color: 'var(--pb-soft)' }}>{t.drawingKinds}</small></Menu.Item>
          <Menu.Item leftSection={<IconFileSpreadsheet size={18} />} onClick={onRows} data-testid="import-rows">{t.importRows}<br /><small style={{ color: 'var(--pb-soft)' }}>{t.rowKinds}</small></Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
