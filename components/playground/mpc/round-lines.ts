import { attacks } from './mpc-attacks.ts'
import type { Passed, Work } from './mpc-work.ts'

/** One message on its way between two columns. */
export interface Line {
  id: string
  label: string
  note: string
  direction: 'sent' | 'received'
  party: 'server' | 'recovery'
  /** It never leaves this page. */
  inside: boolean
  /** It passed; it is what is waited for; it comes later; it was refused; it is what all the others were for. */
  state: 'passed' | 'now' | 'later' | 'refused' | 'last'
  /** While it is waited for: since when, epoch milliseconds. */
  since?: number
}

export interface Group {
  title: string
  note: string
  /** Nothing of it has passed yet. */
  later: boolean
  lines: Line[]
}

type Planned = Pick<Passed, 'name' | 'direction' | 'party'>

const approval = 'Approval'
const asServer = 'The key, as the server has it'
const commits = 'Round 1: everyone commits'
const oldCommits = 'Round 1: everyone commits to its old share'
const pieces = 'Round 2: everyone sends a piece to each'
const nonces = 'Round 1: commit to fresh nonces'
const signs = 'Round 2: each signs with its share'

/** By call: the round that it belongs to, and what is asked and answered. */
const calls: Record<string, [group: string, sent: string, received: string]> = {
  'approval.begin': [approval, 'ask for an approval', 'challenge: its hash'],
  'approval.finish': [approval, 'the passkey’s answer', 'approval'],
  'keygen.begin': [commits, 'commitments', 'commitment'],
  'keygen.round1': [commits, '', 'commitment, inside this page'],
  'keygen.finish': [pieces, 'pieces', 'pieces'],
  'keygen.round2': [pieces, '', 'pieces → recovery file'],
  'reshare.begin': [oldCommits, 'commitments', 'commitment'],
  'reshare.round1': [oldCommits, '', 'commitment, inside this page'],
  'reshare.finish': [pieces, 'pieces', 'pieces'],
  'reshare.round2': [pieces, '', 'pieces → new recovery file'],
  'sign.begin': [nonces, 'commitment', 'commitment'],
  'sign.finish': [signs, 'signature share', 'signature share'],
  'key.get': [asServer, 'which key', 'the key'],
}

/** What of a round each party may know. */
const notes: Record<string, (username: string, work: Pick<Work, 'attack'>) => string> = {
  [asServer]: (_, { attack }) => (attack ? 'asked for with another tenant’s token' : 'what the approval will name'),
  [approval]: (username, { attack }) =>
    attack ? 'the same as ever: the cheat comes later' : `${username}’s passkey signs the hash of this, nothing else`,
  [commits]: () => 'each to a random polynomial',
  [oldCommits]: () => 'the key stays; nobody can move it',
  [pieces]: () => 'encrypted to the one who gets it',
  [nonces]: () => 'the message is bound here',
  [signs]: (_, { attack }) =>
    attack === 'tamper'
      ? 'the server checks the device’s against its verifying share'
      : attack === 'restart'
        ? 'in between the server forgot the nonces'
        : 'nobody sees another’s share of the key',
}

/** Every message of an operation in its round: those that passed, in their order, and those that are to come. */
export function linesOf(work: Work, username: string): Group[] {
  const { rounds, took, refusal, attack } = work
  const groups: Group[] = []
  const add = (round: Planned, line: Omit<Line, 'label' | 'direction' | 'party' | 'inside'> & { label?: string }) => {
    const [title, sent, received] = calls[round.name] ?? [round.name, round.name, round.name]
    let group = groups.find((one) => one.title === title)
    if (!group) {
      group = { title, note: notes[title]?.(username, work) ?? '', later: line.state === 'later', lines: [] }
      groups.push(group)
    }
    const { party } = round
    const inside = !elsewhere(round)
    // What the SDK hears of a party in this page is what that one received, in its last round.
    const direction = round.name.endsWith('round2') ? 'sent' : round.direction
    const plain = round.direction === 'sent' ? sent : received
    const label = inside && party !== 'recovery' ? plain.replace('recovery', party) : plain
    group.lines.push({ label, direction, party: inside ? 'recovery' : 'server', inside, ...line })
  }
  for (const [index, round] of rounds.entries()) {
    const { reason } = round
    const cheats = attack && round.direction === 'sent' && rounds[index + 1]?.reason !== undefined
    const label = cheats ? cheatLabel(work, index) : reason && ((attack && attacks[attack].answer) ?? reason)
    const last = took !== undefined && !refusal && index === rounds.length - 1
    const state = cheats || reason ? 'refused' : last ? 'last' : 'passed'
    add(round, { id: `${index}`, note: noteOf(round), state, ...(label ? { label } : {}) })
  }
  if (took !== undefined) return groups
  const since = rounds.at(-1)?.at ?? work.startedAt
  for (const [index, round] of toCome(work).entries()) {
    const now = index === 0
    const asked = now && round.name === 'approval.finish' && round.direction === 'sent'
    add(round, {
      id: `later ${index}`,
      note: '',
      ...(now ? { state: 'now', since } : { state: 'later' }),
      ...(asked ? { label: 'waiting for the passkey' } : {}),
    })
  }
  return groups
}

/** What a message that cheats is called. An approval that has expired is sent after the one that was used. */
function cheatLabel({ attack = 'tamper', evidence, rounds }: Work, index: number): string {
  const last = index === rounds.length - 2
  return evidence?.expired !== undefined && last ? 'an approval that has expired' : attacks[attack].sent
}

/** The messages that have not passed yet. What came between those of the plan is no part of it. */
function toCome({ kind, approved, inside, rounds, attack }: Work): Planned[] {
  if (attack === 'tenant') return []
  const call = (name: string): Planned[] => [
    { name, direction: 'sent', party: 'server' },
    { name, direction: 'received', party: 'server' },
  ]
  const within = (name: string) => inside.map((party): Planned => ({ name, direction: 'received', party }))
  const purpose = kind === 'generate' ? 'keygen' : 'reshare'
  const plan = [
    ...(kind === 'refresh' || kind === 'recover' ? call('key.get') : []),
    ...(approved ? [...call('approval.begin'), ...call('approval.finish')] : []),
    ...(kind === 'sign'
      ? [...call('sign.begin'), ...call('sign.finish')]
      : [
          ...call(`${purpose}.begin`),
          ...within(`${purpose}.round1`),
          ...call(`${purpose}.finish`),
          ...within(`${purpose}.round2`),
        ]),
  ]
  let passed = 0
  for (const { name, direction } of rounds) {
    const found = plan.findIndex((one, index) => index >= passed && one.name === name && one.direction === direction)
    if (found >= 0) passed = found + 1
  }
  return plan.slice(passed)
}

/** Whether the message goes over the network. */
export function elsewhere({ party }: Pick<Passed, 'party'>): boolean {
  return party === 'server' || party === 'auth server'
}

function noteOf({ bytes, duration }: Passed): string {
  const size = bytes === 0 ? [] : [bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`]
  return [...size, ...(duration === undefined ? [] : [`${Math.round(duration)} ms`])].join(' · ')
}
