import { Loader, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { CLIENT_HEADER } from '../api/http'
import { texts } from '../texts'
import classes from './FoundDialog.module.css'

const t = texts.jobs

interface Props { base: string; file: string; name: string; highlight?: string }

/** What a file looks like, with the place of a cell marked. Drawn when somebody looks for the first time; until then the answer is "not yet". */
export function FilePicture({ base, file, name, highlight }: Props) {
  const address = `/api/bases/${base}/files/${file}/picture${highlight ? `?highlight=${encodeURIComponent(highlight)}` : ''}`
  const picture = useQuery({
    queryKey: ['picture', address], refetchInterval: query => (query.state.data === 'drawing' ? 1000 : false), retry: false,
    queryFn: async ({ signal }) => {
      const { status } = await fetch(address, { headers: CLIENT_HEADER, credentials: 'same-origin', signal })
      return status === 202 ? 'drawing' : status === 200 ? 'there' : 'none'
    },
  })
  return (
    <div className={classes.picture}>
      {picture.data === 'there' ? <a href={address} target="_blank" rel="noreferrer"><img src={address} alt={t.pictureOf(name)} data-testid="found-picture" /></a>
        : picture.data === 'none' || picture.isError ? <Text c="dimmed" size="sm" ta="center">{t.noPicture}</Text> : <Loader size="sm" aria-label={t.drawing} />}
    </div>
  )
}
