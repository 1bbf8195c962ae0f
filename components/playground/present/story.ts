import type { AuthenticateFinished, RegisterFinished } from '#lib/contract/passkeys.ts'
import type { Message, Run } from '../run.ts'
import { pairOf, type RunRecord } from '../state.ts'
import { endOf } from '../token/token-end.ts'
import { type Facts, factsOf } from './facts.ts'
import { type RefusalId, refusalSentences, type Sentence, type StepId, sentences } from './sentences.ts'

export const actors = ['person', 'browser', 'authenticator', 'server'] as const

export type Actor = (typeof actors)[number]

/** One message on the stage. */
export interface Scene extends Sentence {
  id: StepId | RefusalId
  from: Actor
  to: Actor
  tone: 'plain' | 'calm' | 'refused'
  /** What went over the wire or through the WebAuthn API; absent where a person acts. */
  message: Message | undefined
  facts: Facts
  /** The number of its run. */
  run: number
}

/** What a story comes to, where nobody refused. */
export type Ending =
  | { kind: 'token'; answer: AuthenticateFinished; expiresAt: number }
  | { kind: 'passkey'; answer: RegisterFinished }

export interface Story {
  scenes: readonly Scene[]
  ending: Ending | undefined
  /** Of the last ceremony. */
  facts: Facts
}

/** Ceremonies that have ended as one story, each after the one before it. */
export function storyOf(records: readonly [RunRecord, ...RunRecord[]]): Story {
  const last = records.at(-1) ?? records[0]
  return { scenes: records.flatMap(scenesOf), ending: endingOf(last.run), facts: factsOf(last) }
}

/**
 * The other half of a ceremony's story: the sign-in after a registration, or the registration before a sign-in, both good,
 * of one user and from one place.
 */
export function otherHalf(record: RunRecord, runs: readonly RunRecord[]): RunRecord | undefined {
  if (record.run.status !== 'success') return
  const isHalf = ({ run, of, number, imported, example }: RunRecord) =>
    run.status === 'success' &&
    example === record.example &&
    Boolean(imported) === Boolean(record.imported) &&
    imported?.server === record.imported?.server &&
    run.kind !== record.run.kind &&
    pairOf(of.apiKey, of.username) === pairOf(record.of.apiKey, record.of.username) &&
    of.tenantName === record.of.tenantName &&
    number > record.number === (run.kind === 'authentication')
  return record.run.kind === 'registration' ? runs.find(isHalf) : runs.findLast(isHalf)
}

function scenesOf(record: RunRecord): Scene[] {
  const { run } = record
  const facts = factsOf(record)
  const words = sentences[run.kind]
  const common = { tone: 'plain', facts, run: record.number } as const
  const scenes: Scene[] = facts.conditional
    ? []
    : [{ ...common, ...words.ask(facts), id: 'ask', from: 'person', to: 'browser', message: undefined }]
  for (const message of run.messages) {
    const { id, from, to } = message
    // What the browser kept to itself is told with its refusal.
    if (from === to && id === 'request') continue
    const refusal = message === run.messages.at(-1) ? refusalOf(run, message) : undefined
    if (refusal) {
      scenes.push(refusedBy(refusal, { ...common, message, facts }))
      continue
    }
    if (id === 'credential' && facts.flags?.up)
      scenes.push({
        ...{ ...common, ...words.person(facts), id: 'person', from: 'person', to: 'authenticator', message: undefined },
      })
    scenes.push({ ...common, ...words[id](facts), id, from, to, message })
  }
  if (run.failure && !scenes.some(({ tone }) => tone !== 'plain'))
    scenes.push(refusedBy('ended', { ...common, message: undefined, facts }))
  return scenes
}

function refusedBy(id: RefusalId, scene: Pick<Scene, 'message' | 'facts' | 'run'>): Scene {
  const [from, to] = ways[id]
  const tone = scene.facts.failure?.calm ? 'calm' : 'refused'
  return { ...scene, ...refusalSentences[id](scene.facts), id, from, to, tone }
}

const ways: Readonly<Record<RefusalId, readonly [from: Actor, to: Actor]>> = {
  'begin-refused': ['server', 'browser'],
  'begin-unanswered': ['server', 'browser'],
  closed: ['person', 'browser'],
  'browser-refused': ['browser', 'person'],
  'authenticator-refused': ['authenticator', 'browser'],
  'finish-refused': ['server', 'browser'],
  'finish-unanswered': ['server', 'browser'],
  ended: ['browser', 'person'],
}

/** What a browser throws before it has asked any authenticator. */
const ofBrowser = /^(?:SecurityError|SyntaxError|TypeError|DataError|EncodingError|UnsupportedCall)$/

/** How a ceremony's last message ended it; undefined where that is no refusal. */
function refusalOf({ failure }: Run, { id, from }: Message): RefusalId | undefined {
  if (!failure) return
  if (id === 'options' || id === 'answer') {
    if (failure.calm) return 'ended'
    const call = id === 'options' ? 'begin' : 'finish'
    return failure.problem ? `${call}-refused` : `${call}-unanswered`
  }
  if (id !== 'credential') return
  if (failure.calm) return 'closed'
  return from === 'browser' || ofBrowser.test(failure.code) || failure.what.startsWith('The browser refused')
    ? 'browser-refused'
    : 'authenticator-refused'
}

function endingOf({ registered, authenticated, startedAt, took = 0 }: Run): Ending | undefined {
  if (authenticated) return { kind: 'token', answer: authenticated, expiresAt: endOf(authenticated, startedAt + took) }
  if (registered) return { kind: 'passkey', answer: registered }
}
