/**
 * Lists of inputs in a popover: part of it, or a click on them would close it, and yet not held by its scroll area. Inside of that, a long list scrolled the
 * popover when it was opened and changed sides while somebody pressed.
 */
export const listsInside = { withinPortal: false, floatingStrategy: 'fixed' } as const
