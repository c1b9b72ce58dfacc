import { IconBell, IconBrandSlack, IconCalendarEvent, IconClick, IconClock, IconCode, IconFileAnalytics, IconFilter, IconForms, IconGitBranch, IconHourglass, IconLink, IconMail, IconPencil, IconPlus, IconRepeat, IconRowInsertBottom, IconSearch, IconSwitchHorizontal, IconTrash, IconWebhook, IconWorld } from '@tabler/icons-react'
import type { ActionKind, TriggerKind } from '../api/automations'

export const triggerIcons: Record<TriggerKind, typeof IconPlus> = {
  recordCreated: IconRowInsertBottom, recordUpdated: IconPencil, recordMatches: IconFilter, fieldChanged: IconSwitchHorizontal, recordDeleted: IconTrash, formSubmitted: IconForms,
  buttonClicked: IconClick, dateReached: IconCalendarEvent, schedule: IconClock, extractionFinished: IconFileAnalytics, webhookReceived: IconWebhook,
}
export const actionIcons: Record<ActionKind, typeof IconPlus> = {
  createRecord: IconRowInsertBottom, updateRecord: IconPencil, deleteRecord: IconTrash, linkRecords: IconLink, findRecords: IconSearch, sendEmail: IconMail, notify: IconBell, sendSlackMessage: IconBrandSlack,
  callHttp: IconWorld, runScript: IconCode, branch: IconGitBranch, loop: IconRepeat, delay: IconHourglass,
}
