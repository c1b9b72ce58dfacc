import { notifications } from '@mantine/notifications'
import { pressButton } from '../api/automations'
import type { CellValue, Field } from '../api/types'
import { pageTexts } from '../pageTexts'
import { tellProblem } from '../shell/tell'

/** Presses a button: its address opens, and the automations that wait for it begin. */
export async function press(base: string, table: string, record: string, field: Field, value: CellValue, mayEdit: boolean) {
  const { url } = (value ?? {}) as { url?: string }
  if (url && /^(https?|mailto):/i.test(url)) window.open(url, '_blank', 'noopener')
  if (!mayEdit) return
  try {
    const runs = await pressButton(base, table, record, field.id)
    if (runs.length || !url) notifications.show({ title: pageTexts.automations.begun(runs.length), message: '', withBorder: true, autoClose: 4000 })
  } catch (error) {
    tellProblem(error)
  }
}
