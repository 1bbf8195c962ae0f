import type { Round } from '#lib/sdk/mpc/index.ts'
import type { Work } from './mpc-work.ts'

/** One message on its way between two columns. */
export interface Line {
  id: number
  label: string
  note: string
  direction: 'sent' | 'received'
  party: 'server' | 'recovery'
  /** It never leaves this page. */
  inside: boolean
  refused: boolean
}

interface Group {
  title: string
  note: string
  lines: Line[]
}

/** By call: the round that it belongs to, and what is asked and answered. */
const calls: Record<string, [group: string, sent: string, received: string]> = {
  'approval.begin': ['Approval', 'ask for an approval', 'a challenge that commits to it'],
  'approval.finish': ['Approval', 'the passkey’s answer', 'approval'],
  'keygen.begin': ['Round 1: everyone commits', 'commitments', 'commitment'],
  'keygen.round1': ['Round 1: everyone commits', '', 'commitment, inside this page'],
  'keygen.finish': ['Round 2: everyone sends a piece to each', 'pieces', 'pieces'],
  'keygen.round2': ['Round 2: everyone sends a piece to each', '', 'pieces → recovery file'],
  'reshare.begin': ['Round 1: everyone commits to its old share', 'commitments', 'commitment'],
  'reshare.round1': ['Round 1: everyone commits to its old share', '', 'commitment, inside this page'],
  'reshare.finish': ['Round 2: everyone sends a piece to each', 'pieces', 'pieces'],
  'reshare.round2': ['Round 2: everyone sends a piece to each', '', 'pieces → new recovery file'],
  'sign.begin': ['Round 1: commit to fresh nonces', 'commitment', 'commitment'],
  'sign.finish': ['Round 2: each signs with its share', 'signature share', 'signature share'],
  'key.get': ['The key, by another’s token', 'token', 'key'],
}

/** What of a round each party may know. */
const notes: Record<string, (username: string) => string> = {
  Approval: (username) => `${username}’s passkey signs the hash of this, nothing else`,
  'Round 1: everyone commits': () => 'each to a random polynomial',
  'Round 1: everyone commits to its old share': () => 'the key stays; nobody can move it',
  'Round 2: everyone sends a piece to each': () => 'encrypted to the one who gets it',
  'Round 1: commit to fresh nonces': () => 'the message is bound here',
  'Round 2: each signs with its share': () => 'nobody sees another’s share of the key',
}

/** The messages of an operation in their rounds, in the order in which they passed. */
export function linesOf({ rounds }: Pick<Work, 'rounds'>, username: string): Group[] {
  const groups: Group[] = []
  for (const [id, round] of rounds.entries()) {
    const [title, sent, received] = calls[round.name] ?? [round.name, round.name, round.name]
    let group = groups.find((one) => one.title === title)
    if (!group) {
      group = { title, note: notes[title]?.(username) ?? '', lines: [] }
      groups.push(group)
    }
    group.lines.push({
      id,
      label: round.reason ?? (round.direction === 'sent' ? sent : received),
      note: noteOf(round),
      direction: round.direction,
      party: elsewhere(round) ? 'server' : 'recovery',
      inside: !elsewhere(round),
      refused: round.reason !== undefined,
    })
  }
  return groups
}

function elsewhere({ party }: Round): boolean {
  return party === 'server' || party === 'auth server'
}

function noteOf({ bytes, duration }: Round): string {
  const size = bytes === 0 ? [] : [bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`]
  return [...size, ...(duration === undefined ? [] : [`${Math.round(duration)} ms`])].join(' · ')
}
