import '@glideapps/glide-data-grid/dist/index.css'
import { booleanCellRenderer, DataEditorCore, loadingCellRenderer, markerCellRenderer, newRowCellRenderer, sprites, textCellRenderer, type DataEditorCoreProps, type DataEditorRef } from '@glideapps/glide-data-grid'
import { forwardRef, useMemo } from 'react'

// Only what tables draw: the kinds for pictures, Markdown and numbers bring libraries of their own, half as large as the grid.
const renderers = [markerCellRenderer, newRowCellRenderer, booleanCellRenderer, loadingCellRenderer, textCellRenderer] as DataEditorCoreProps['renderers']

/** No cell shows a picture from the network. */
const noPictures: DataEditorCoreProps['imageWindowLoader'] = { setWindow: () => {}, loadOrGetImage: () => undefined, setCallback: () => {} }

export const Editor = forwardRef<DataEditorRef, Omit<DataEditorCoreProps, 'renderers' | 'imageWindowLoader'>>(function Editor({ headerIcons, ...props }, ref) {
  const icons = useMemo(() => ({ ...sprites, ...headerIcons }), [headerIcons])
  return <DataEditorCore {...props} ref={ref} headerIcons={icons} renderers={renderers} imageWindowLoader={noPictures} />
})
