import type { PreferenceChange, Preferences } from '../api/notifications'

/** As they will be when the server has taken the change. */
export const withChange = (now: Preferences, { kinds = [], ...rest }: PreferenceChange): Preferences => ({
  ...now,
  ...rest,
  kinds: now.kinds.map(one => ({ ...one, ...kinds.find(change => change.kind === one.kind) })),
})
