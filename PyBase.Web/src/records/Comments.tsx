import { ActionIcon, Avatar, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { addComment, listComments, removeComment, type Comment } from '../api/comments'
import { useMe } from '../accounts/useMe'
import { usePeople } from '../bases/usePeople'
import { showMoment } from '../fields/dates'
import { tellProblem } from '../shell/tell'
import { pageTexts } from '../pageTexts'
import classes from './records.module.css'

const t = pageTexts.records

/** What people say about a record; `@` and the start of a name mentions somebody. */
export function Comments({ base, table, record, mayComment }: { base: string; table: string; record: string; mayComment: boolean }) {
  const queries = useQueryClient()
  const key = ['comments', record]
  const comments = useQuery({ queryKey: key, queryFn: ({ signal }) => listComments(base, table, record, signal), refetchInterval: 15_000 })
  const me = useMe().data?.user.id
  const news = () => void queries.invalidateQueries({ queryKey: key })
  const remove = useMutation({ mutationFn: (id: string) => removeComment(base, table, record, id), onSuccess: news, onError: tellProblem })
  return (
    <Stack gap="sm">
      {mayComment && <NewComment base={base} table={table} record={record} onAdded={news} />}
      {comments.data?.length === 0 && <Text size="sm" c="dimmed">{t.noComments}</Text>}
      {comments.data?.map(comment => (
        <Group key={comment.id} gap="sm" wrap="nowrap" align="flex-start" data-testid="comment">
          <Avatar size={30} radius="xl" name={comment.author.name || comment.author.email} color="initials" />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Group gap={6}>
              <Text size="sm" fw={600}>{comment.author.name || comment.author.email}</Text>
              <Text size="xs" c="dimmed">{showMoment(comment.createdTime, undefined)}</Text>
            </Group>
            <Text size="sm" className={classes.comment}><Said comment={comment} /></Text>
          </div>
          {comment.author.id === me && <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t.removeComment} onClick={() => remove.mutate(comment.id)}><IconTrash size={14} /></ActionIcon>}
        </Group>
      ))}
    </Stack>
  )
}

/** `Look, @[usr…]` with the names of people. */
function Said({ comment }: { comment: Comment }) {
  return comment.text.split(/(@\[usr[A-Za-z0-9]{14}\])/).map((part, n) => {
    const id = /^@\[(usr[A-Za-z0-9]{14})\]$/.exec(part)?.[1]
    return id ? <b key={n} className={classes.mention}>@{comment.mentioned?.[id]?.displayName ?? comment.mentioned?.[id]?.email ?? '…'}</b> : part
  })
}

function NewComment({ base, table, record, onAdded }: { base: string; table: string; record: string; onAdded: () => void }) {
  const [text, setText] = useState('')
  const [mentioned, setMentioned] = useState<ReadonlyMap<string, string>>(new Map())
  const people = usePeople(base).data ?? []
  const started = /(?:^|\s)@([^\s@]*)$/.exec(text)?.[1]
  const found = started === undefined ? [] : people.filter(p => (p.name || p.email).toLowerCase().startsWith(started.toLowerCase())).slice(0, 6)
  const add = useMutation({
    mutationFn: () => addComment(base, table, record, [...mentioned].reduce((said, [name, id]) => said.replaceAll(`@${name}`, `@[${id}]`), text.trim())),
    onSuccess: () => {
      setText('')
      setMentioned(new Map())
      onAdded()
    },
    onError: tellProblem,
  })
  return (
    <Stack gap={6}>
      <Textarea placeholder={t.comment} aria-label={t.comment} autosize minRows={2} value={text} onChange={e => setText(e.currentTarget.value)} data-testid="new-comment"
        onKeyDown={e => (e.ctrlKey || e.metaKey) && e.key === 'Enter' && text.trim() && add.mutate()} />
      {found.length > 0 && (
        <Group gap={4}>
          {found.map(person => (
            <Button key={person.id} size="compact-xs" variant="light" onClick={() => {
              const name = person.name || person.email
              setMentioned(new Map([...mentioned, [name, person.id]]))
              setText(text.replace(/@[^\s@]*$/, `@${name} `))
            }}>@{person.name || person.email}</Button>
          ))}
        </Group>
      )}
      <Button size="xs" w="fit-content" disabled={!text.trim()} loading={add.isPending} onClick={() => add.mutate()} data-testid="add-comment">{t.addComment}</Button>
    </Stack>
  )
}
