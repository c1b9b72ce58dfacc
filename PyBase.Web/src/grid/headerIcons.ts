import type { SpriteMap } from '@glideapps/glide-data-grid'

/** 20 × 20, drawn as lines. */
export const paths: Record<string, string> = {
  singleLineText: '<path d="M5 6.5V5h10v1.5M10 5v10M8 15h4"/>',
  multilineText: '<path d="M4 5.5h12M4 10h12M4 14.5h7"/>',
  number: '<path d="M4 7.5h12M4 12.5h12M8.5 4l-1.5 12M13 4l-1.5 12"/>',
  checkbox: '<rect x="4" y="4" width="12" height="12" rx="3"/><path d="M7.3 10.2l2 2 3.6-4.2"/>',
  singleSelect: '<circle cx="10" cy="10" r="6"/><path d="M7.5 9l2.5 2.5L12.5 9"/>',
  date: '<rect x="4" y="5" width="12" height="11" rx="2"/><path d="M4 8.7h12M7.3 3.5v3M12.7 3.5v3"/>',
  multipleRecordLinks: '<path d="M11 4h5v5M16 4l-7 7M8 5H5.5A1.5 1.5 0 004 6.500v8A1.500 1.500 0 005.500 16h8a1.500 1.500 0 001.500-1.500V12"/>',
  multipleAttachments: '<path d="M15 9.500l-5 5a3.200 3.200 0 01-4.600-4.500l5.400-5.400a2.100 2.100 0 013 3l-5.300 5.300a1 1 0 01-1.500-1.400l4.700-4.700"/>',
  other: '<circle cx="10" cy="10" r="6"/><path d="M10 7v3.500M10 13.200v.1"/>',
  currency: '<path d="M13.5 6.5c-.8-1-2-1.500-3.500-1.500-2 0-3.300 1-3.300 2.500 0 3.300 6.800 1.700 6.800 5 0 1.500-1.400 2.500-3.500 2.500-1.600 0-3-.600-3.800-1.700M10 3.500v13"/>',
  percent: '<path d="M15 5L5 15"/><circle cx="6.500" cy="6.500" r="1.700"/><circle cx="13.500" cy="13.500" r="1.700"/>',
  formula: '<path d="M13 4.500c-2 0-2.600 1-3 3L8.500 14c-.400 1.500-1 2-2.500 2M6.500 9h5M12 11l3.500 4.500M15.500 11L12 15.500"/>',
  rating: '<path d="M10 4l1.900 3.800 4.100.600-3 2.900.700 4.100-3.700-2-3.700 2 .700-4.100-3-2.900 4.100-.600z"/>',
  people: '<circle cx="10" cy="7.200" r="2.700"/><path d="M4.800 16c.500-3 2.500-4.500 5.200-4.500s4.700 1.500 5.200 4.500"/>',
  multipleSelects: '<path d="M4 6l1.500 1.500L8 5M4 13l1.500 1.500L8 12M11 6.500h5M11 13.500h5"/>',
  lookup: '<circle cx="9" cy="9" r="4.500"/><path d="M12.500 12.500L16 16"/>',
  clock: '<circle cx="10" cy="10" r="6"/><path d="M10 6.500V10l2.500 1.500"/>',
  url: '<path d="M8.500 11.500a3 3 0 004.300 0l2-2a3 3 0 00-4.300-4.300l-1 1M11.500 8.500a3 3 0 00-4.300 0l-2 2a3 3 0 004.300 4.300l1-1"/>',
  quantity: '<path d="M4 6v8M16 6v8M4 10h12M6.500 8L4 10l2.500 2M13.500 8l2.500 2-2.500 2"/>',
  gdt: '<rect x="3" y="6.500" width="14" height="7"/><path d="M8 6.500v7M13 6.500v7"/>',
  thread: '<path d="M7 4h6M8 4v2M12 4v2M6.500 7.500l7-1M6.500 10.500l7-1M6.500 13.500l7-1M8 14l2 2.500 2-2.500"/>',
  surfaceFinish: '<path d="M3.500 9.500L6.500 15l5-10h5"/>',
  material: '<path d="M10 3.500l6 3.500v6.500l-6 3.500-6-3.500V7zM4 7l6 3.500L16 7M10 10.500V17"/>',
  revision: '<path d="M10 4l6.500 12h-13zM8 12.500h4"/>',
  drawingReference: '<rect x="3.500" y="4.500" width="13" height="11"/><path d="M10 12h6.500M10 12v3.500"/>',
  bomItem: '<circle cx="7" cy="7" r="3.500"/><path d="M9.500 9.500L16 16M12.500 16H16v-3.500"/>',
}

/** Types that share a picture. */
const alike: Record<string, string> = {
  email: 'url',
  phoneNumber: 'url',
  richText: 'multilineText',
  duration: 'clock',
  dateTime: 'date',
  createdTime: 'clock',
  lastModifiedTime: 'clock',
  time: 'clock',
  status: 'singleSelect',
  singleCollaborator: 'people',
  multipleCollaborators: 'people',
  createdBy: 'people',
  lastModifiedBy: 'people',
  rollup: 'formula',
  recursiveRollup: 'formula',
  count: 'formula',
  multipleLookupValues: 'lookup',
  autoNumber: 'number',
}

export const iconOf = (type: string) => (type in paths ? type : (alike[type] ?? 'other'))

/** In the header's colour. */
export const headerIcons: SpriteMap = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, ({ fgColor }: { fgColor: string }) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="${fgColor}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${path}</svg>`]))
