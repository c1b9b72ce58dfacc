import { ActionIcon, ColorSwatch, Group, Menu, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useComputedColorScheme } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { choicePaint, choiceColours } from '../grid/choiceColours'
import { pageTexts } from '../pageTexts'
import type { FieldForm } from './fieldForm'

const t = pageTexts.fields

/** The choices that are there, each with its name and colour, and a box for new ones. */
export function ChoicesEditor({ form: { known, choices }, onChange }: { form: FieldForm; onChange: (part: Partial<FieldForm>) => void }) {
  const dark = useComputedColorScheme('light') === 'dark'
  const set = (n: number, part: { name?: string; color?: string }) => onChange({ known: known.map((c, i) => (i === n ? { ...c, ...part } : c)) })
  return (
    <Stack gap={6}>
      {known.length > 0 && <Text size="sm" fw={500}>{t.choices}</Text>}
      {known.map((choice, n) => (
        <Group key={choice.id} gap={6} wrap="nowrap">
          <Menu position="bottom-start" withinPortal>
            <Menu.Target>
              <ActionIcon variant="default" aria-label={t.colour(choice.name)}><ColorSwatch size={16} color={choicePaint(choice.color, dark).back} /></ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <SimpleGrid cols={10} spacing={4} p={4}>
                {choiceColours.map(colour => (
                  <ColorSwatch key={colour} component="button" size={18} color={choicePaint(colour, dark).back} aria-label={colour} onClick={() => set(n, { color: colour })} style={{ cursor: 'pointer' }} />
                ))}
              </SimpleGrid>
            </Menu.Dropdown>
          </Menu>
          <TextInput size="xs" style={{ flex: 1 }} value={choice.name} aria-label={t.choices} onChange={e => set(n, { name: e.currentTarget.value })} />
          <ActionIcon variant="subtle" color="gray" aria-label={t.removeChoice(choice.name)} onClick={() => onChange({ known: known.filter((_, i) => i !== n) })}><IconTrash size={16} /></ActionIcon>
        </Group>
      ))}
      <Textarea label={known.length ? t.moreChoices : t.choices} description={t.choicesHint} autosize minRows={known.length ? 1 : 3} value={choices} data-testid="field-choices" onChange={e => onChange({ choices: e.currentTarget.value })} />
    </Stack>
  )
}
