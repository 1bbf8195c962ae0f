import type { ConsoleUserDetail } from '#lib/contract/console-users.ts'
import type { Passkey } from '#lib/contract/passkeys.ts'

/** Whether a passkey is on one device or goes along. */
export function placeWords({ deviceType, backedUp }: Pick<Passkey, 'deviceType' | 'backedUp'>): string {
  if (deviceType === 'singleDevice') return 'device-bound'
  return backedUp ? 'synced' : 'can be synced, and is not yet'
}

/** The kinds of some passkeys: “2 synced, 1 device-bound”. */
export function kindsOf(passkeys: readonly Pick<Passkey, 'deviceType' | 'backedUp'>[]): string {
  const bound = passkeys.filter(({ deviceType }) => deviceType === 'singleDevice').length
  const synced = passkeys.filter(({ deviceType, backedUp }) => deviceType === 'multiDevice' && backedUp).length
  const kinds = [
    synced ? `${synced} synced` : '',
    bound ? `${bound} device-bound` : '',
    passkeys.length - bound - synced ? `${passkeys.length - bound - synced} not synced yet` : '',
  ]
  return kinds.filter(Boolean).join(', ')
}

/** So many of a thing, in a word that fits the number. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : several}`
}

/** How many there are in a list; more than a thousand are not counted. */
export function totalWords(total: number): string {
  return total > 1_000 ? 'More than 1,000 users' : counted(total, 'user')
}

/**
 * What goes with a user who is deleted, in sentences.
 *
 * @param mpcKeys how many MPC keys they have; undefined where nobody knows
 */
export function deletionWords(
  {
    username,
    passkeyCount,
    sessions,
    apps,
  }: Pick<ConsoleUserDetail, 'username' | 'passkeyCount' | 'sessions' | 'apps'>,
  mpcKeys: number | undefined,
): string[] {
  const ends = [
    sessions.length ? counted(sessions.length, 'session') : '',
    apps.length ? `what ${counted(apps.length, 'app')} may do for ${username}` : '',
    'every token that this server is shown',
  ].filter(Boolean)
  return [
    `${passkeyCount === 1 ? 'The passkey goes' : `All ${passkeyCount} passkeys go`} with ${username}, for good.`,
    `${sentence(new Intl.ListFormat('en-GB').format(ends))} ${ends.length > 1 || sessions.length > 1 ? 'end' : 'ends'} at once.`,
    keysWords(mpcKeys),
    `Audit log, usage and account keep what happened. Somebody else may take the name “${username}”; the id never comes back.`,
  ].filter(Boolean)
}

function keysWords(mpcKeys: number | undefined): string {
  if (mpcKeys === undefined)
    return 'MPC keys stay at the MPC server, which cannot be asked now: look there once it runs.'
  if (mpcKeys === 0) return ''
  const keys = mpcKeys === 1 ? 'The MPC key is' : `The ${mpcKeys} MPC keys are`
  return `${keys} frozen first and ${mpcKeys === 1 ? 'stays' : 'stay'} at the MPC server: nobody signs with its share any more.`
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
