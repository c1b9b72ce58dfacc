import type { SpriteMap } from '@glideapps/glide-data-grid'

/** 20 × 20, drawn as lines in the header's colour. */
const line = (paths: string) => ({ fgColor }: { fgColor: string }) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="${fgColor}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`

export const headerIcons: SpriteMap = {
  singleLineText: line('<path d="M5 6.5V5h10v1.5M10 5v10M8 15h4"/>'),
  multilineText: line('<path d="M4 5.5h12M4 10h12M4 14.5h7"/>'),
  number: line('<path d="M4 7.5h12M4 12.5h12M8.5 4l-1.5 12M13 4l-1.5 12"/>'),
  checkbox: line('<rect x="4" y="4" width="12" height="12" rx="3"/><path d="M7.3 10.2l2 2 3.6-4.2"/>'),
  singleSelect: line('<circle cx="10" cy="10" r="6"/><path d="M7.5 9l2.5 2.5L12.5 9"/>'),
  date: line('<rect x="4" y="5" width="12" height="11" rx="2"/><path d="M4 8.7h12M7.3 3.5v3M12.7 3.5v3"/>'),
  multipleRecordLinks: line('<path d="M11 4h5v5M16 4l-7 7M8 5H5.5A1.5 1.5 0 004 6.500v8A1.500 1.500 0 005.500 16h8a1.500 1.500 0 001.500-1.500V12"/>'),
  multipleAttachments: line('<path d="M15 9.500l-5 5a3.200 3.200 0 01-4.600-4.500l5.400-5.400a2.100 2.100 0 013 3l-5.300 5.300a1 1 0 01-1.500-1.400l4.700-4.700"/>'),
  quantity: line('<path d="M4 6v8M16 6v8M4 10h12M6.500 8L4 10l2.500 2M13.500 8l2.500 2-2.500 2"/>'),
  gdt: line('<rect x="3" y="6.500" width="14" height="7"/><path d="M8 6.500v7M13 6.500v7"/>'),
  thread: line('<path d="M7 4h6M8 4v2M12 4v2M6.500 7.500l7-1M6.500 10.500l7-1M6.500 13.500l7-1M8 14l2 2.500 2-2.500"/>'),
  surfaceFinish: line('<path d="M3.500 9.500L6.500 15l5-10h5"/>'),
  material: line('<path d="M10 3.500l6 3.500v6.500l-6 3.500-6-3.500V7zM4 7l6 3.500L16 7M10 10.500V17"/>'),
  revision: line('<path d="M10 4l6.500 12h-13zM8 12.500h4"/>'),
  drawingReference: line('<rect x="3.500" y="4.500" width="13" height="11"/><path d="M10 12h6.500M10 12v3.500"/>'),
  bomItem: line('<circle cx="7" cy="7" r="3.500"/><path d="M9.500 9.500L16 16M12.500 16H16v-3.500"/>'),
  other: line('<circle cx="10" cy="10" r="6"/><path d="M10 7v3.500M10 13.200v.1"/>'),
}

export const iconOf = (type: string) => (type in headerIcons ? type : 'other')
