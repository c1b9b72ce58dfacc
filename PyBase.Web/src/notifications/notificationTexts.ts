import type { MailFrequency, NotificationKind } from '../api/notifications'
import { count } from '../texts'

const jobKinds: Record<string, string> = {
  extraction: 'Reading a drawing', import: 'An import', 'airtable-import': 'An import from Airtable', export: 'An export', comparison: 'A comparison', 'parts-list': 'A parts list', bulk: 'A change of many records',
}
const jobEnds: Record<string, string> = { succeeded: 'is done', failed: 'has failed', parked: 'was stopped after several tries', cancelled: 'was cancelled' }

/** The texts of the bell's list and of the pages about being told, which are loaded when somebody goes there. */
export const notificationTexts = {
  list: {
    readAll: 'Mark all read',
    settings: 'What you are told',
    unread: 'Unread',
    today: 'Today',
    yesterday: 'Yesterday',
    none: 'Nothing new',
    noneLead: 'Here you see when somebody mentions or assigns you, and when an import or export is done.',
    failed: 'The notifications could not be loaded',
    more: 'Show more',
    somebody: 'Somebody',
    what: ({ kind, count: n, job, text }: { kind: string; count: number; job?: { kind: string; state: string } | null; text?: string | null }) =>
      job ? `${jobKinds[job.kind] ?? 'A job'} ${jobEnds[job.state] ?? 'has ended'}`
      : kind === 'mention' ? 'mentioned you in a comment'
      : kind === 'automation' ? (text ?? 'An automation tells you something')
      : n > 1 ? `assigned you to ${count(n, 'record', 'records')}` : 'assigned you to a record',
  },

  preferences: {
    title: 'What you are told',
    lead: 'For each kind of thing: whether it stands in your list, and whether it comes by mail.',
    failed: 'Your settings could not be loaded',
    kind: 'When', inApp: 'In PyBase', mail: 'By mail',
    inAppOf: (kind: string) => `In PyBase: ${kind}`,
    mailOf: (kind: string) => `By mail: ${kind}`,
    kinds: {
      mention: ['Somebody mentions you', 'in a comment'], assignment: ['Somebody assigns you', 'to a record'], job: ['What you asked for is done', 'or has failed: drawings, imports, exports'], automation: ['An automation tells you', 'what its maker wrote'],
    } satisfies Record<NotificationKind, [string, string]>,
    mails: { never: 'Never', atOnce: 'At once', hourly: 'Every hour', daily: 'Once a day' } satisfies Record<MailFrequency, string>,
    collected: 'Collected mails',
    collectedLead: 'They have what is still unread when they leave: at the full hour, or once a day.',
    hour: 'Once a day at', zone: 'On the clock of',
    address: (email: string) => `Mails go to ${email}.`,
    unconfirmed: (email: string) => `${email} is not confirmed`,
    unconfirmedLead: 'Nothing is mailed to an address that may be somebody else’s.',
    confirm: 'Send me the link', sent: 'The link is on its way. Open it, then load this page again.',
    saved: 'Saved',
  },

  unsubscribe: {
    title: 'Stop these mails?',
    lead: 'You get no mails about mentions, assignments and the like any more. Your notifications in PyBase stay as they are.',
    action: 'Stop the mails',
    done: 'You get no more of these mails. Signed in, you can choose what to be told of.',
  },
}
