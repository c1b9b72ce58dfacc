export const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** 0.3 s, 0.6 s … 15 s, each up to half less, so that the clients of a restarted node do not come back as one. */
export function delayAfter(attempts: number) {
  const most = Math.min(15_000, 300 * 2 ** attempts)
  return most * (0.5 + Math.random() / 2)
}
