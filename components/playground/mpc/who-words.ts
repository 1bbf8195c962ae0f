import { type MpcKey, whoCanSign } from '#lib/sdk/mpc/index.ts'

type Shared = Pick<MpcKey, 'threshold' | 'parties'>

const named: Record<string, string> = {
  device: 'this device',
  server: 'the server',
  recovery: 'your recovery file',
  hardware: 'the hardware’s file',
  partner: 'the partner’s file',
}

/** The smallest sets of parties that sign with the server. */
export function signingSets({ threshold, parties }: Shared): string[][] {
  return whoCanSign({ threshold, parties } as Parameters<typeof whoCanSign>[0]).filter(
    (set) => set.length === threshold && set.includes('server'),
  )
}

/** Who signs, who could, and who cannot, as one says it aloud. */
export function whoWords({ threshold, parties }: Shared, held: boolean): string {
  const others = parties
    .filter((party) => party !== 'device' && party !== 'server')
    .map((party) => named[party] ?? party)
  const alone = 'The server alone signs nothing, and neither does whoever steals this device alone.'
  if (others.length === 0) {
    return held
      ? `This device and the server sign together. ${alone} Without a recovery file a lost device is a lost key.`
      : `Only the lost device and the server could sign. Nobody brings this key back.`
  }
  if (threshold === 2) {
    return held
      ? `This device and the server sign together. If the device is lost, the server and ${others[0]} make it a new share. ${alone} This device and ${others[0]} together are the whole key, without the server: keep them apart.`
      : `Nothing is signed from here now. The server and ${others[0]} make this device a new share.`
  }
  const files = list(others, 'or')
  return held
    ? `Three sign: this device, the server and one of ${files}. If the device is lost, two of them and the server make it a new share. ${alone} This device and two of them are the whole key, without the server: keep them apart.`
    : `Nothing is signed from here now. The server and two of ${files} make this device a new share.`
}

function list(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}
