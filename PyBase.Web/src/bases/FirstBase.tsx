import { Button, FileButton, Group, Text, Title } from '@mantine/core'
import { texts } from '../texts'
import classes from './BasesPage.module.css'
import { FirstTemplates } from './FirstTemplates'

const t = texts.bases

/** The first thing a new account sees: what PyBase is for, and the two ways to begin. */
export function FirstBase({ onFiles, onEmpty, busy }: { onFiles: (files: File[]) => void; onEmpty: () => void; busy: boolean }) {
  return (
    <>
      <section className={classes.first}>
        <svg width="84" height="84" viewBox="0 0 84 84" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" aria-hidden="true">
          <path d="M42 8 72 25v34L42 76 12 59V25z" opacity=".35" />
          <path d="M12 25l30 17 30-17M42 42v34" opacity=".35" />
          <path d="M42 26v26m-11-11 11 11 11-11" strokeWidth="3" strokeLinecap="round" />
        </svg>
        <Title order={1} fz={24}>{t.noneTitle}</Title>
        <Text c="dimmed" maw={420}>{t.noneLead}</Text>
        <Group mt="lg" justify="center">
          <FileButton onChange={files => onFiles(files)} multiple inputProps={{ 'data-testid': 'file-input' } as object}>
            {props => <Button {...props} size="md" loading={busy} data-testid="choose-file">{t.choose}</Button>}
          </FileButton>
        </Group>
        <Text size="sm" c="dimmed" mt="md">{t.noneOr}</Text>
        <Button variant="default" size="sm" onClick={onEmpty} data-testid="new-base">{t.new}</Button>
      </section>
      <FirstTemplates />
    </>
  )
}
