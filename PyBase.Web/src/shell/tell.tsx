import { notifications } from '@mantine/notifications'
import { problemFrom } from '../api/problem'

/** Says what went wrong and what to do about it. */
export function tellProblem(error: unknown) {
  const problem = problemFrom(error)
  notifications.show({
    id: `problem-${problem.code}-${problem.message}`,
    color: 'red',
    title: problem.message,
    message: problem.hint ?? '',
    withBorder: true,
    autoClose: 8000,
  })
}
