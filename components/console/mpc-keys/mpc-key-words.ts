import type { MpcKeyView } from '#lib/contract/mpc-keys.ts'

type Shares = Pick<MpcKeyView, 'threshold' | 'parties'>

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** Who signs with whom, as one can say it aloud. */
export function whoSigns({ threshold, parties }: Shares): string {
  const names = list.format(parties)
  if (threshold === parties.length) {
    const alone = threshold === 2 ? 'neither without the other' : 'none of them without the others'
    return `${capital(names)} sign together, and ${alone}.`
  }
  const fewer = threshold === 2 ? 'one alone signs nothing' : 'fewer sign nothing'
  return `Any ${threshold} of ${names} sign together; ${fewer}.`
}

/** Whether the shares that the user holds reach the threshold: then freezing stops the server, and not the user. */
export function signsWithoutServer({ threshold, parties }: Shares): boolean {
  return parties.filter((party) => party !== 'server').length >= threshold
}

/** What remains of a frozen key. */
export function beyondFreezing(key: Shares): string {
  if (!signsWithoutServer(key)) return 'Without the server’s share nobody can sign with it.'
  const held = list.format(key.parties.filter((party) => party !== 'server'))
  return `The server gives no share of a signature. Whoever holds the shares of ${held} can still take the key out, offline: no server can stop that.`
}

/** What a signature needs. */
export function policyWords({ approval, maxPerHour }: MpcKeyView['policy']): string {
  const often = maxPerHour === null ? 'as often as asked' : `${maxPerHour.toLocaleString('en')} an hour at most`
  return approval === 'always' ? `A passkey approves each signature, ${often}` : `The user’s token is enough, ${often}`
}

/** What a key is called: its label, or its id where it has none. */
export function nameOf({ label, id }: Pick<MpcKeyView, 'label' | 'id'>): string {
  return label || id
}

/** What a user is called. */
export function userName({ user }: Pick<MpcKeyView, 'user'>): string {
  return user.username ?? 'a user who is gone'
}

/** Who froze it, in a word or two; undefined where nobody did. */
export function frozenWords({ frozenBy }: Pick<MpcKeyView, 'frozenBy'>): string | undefined {
  if (frozenBy.length === 0) return undefined
  return frozenBy.includes('tenant') ? 'frozen' : 'frozen by its user'
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
