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
  other: line('<circle cx="10" cy="10" r="6"/><path d="M10 7v3.500M10 13.200v.1"/>'),
}

export const iconOf = (type: string) => (type in headerIcons ? type : 'other')
