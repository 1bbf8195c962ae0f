import { algorithmName } from '#lib/webauthn/algorithms.ts'
import {
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeClientData,
  type Flags,
  fromBase64url,
} from '#lib/webauthn/decode/index.ts'
import { optionsOf } from '#lib/webauthn/options.ts'
import { checksOf } from '../checks/checks-of.ts'
import type { Message, Run } from '../run.ts'
import type { RunRecord } from '../state.ts'
import { keptOf } from './kept-run.ts'
import { outcomeOf } from './run-outcome.ts'

/** One thing that a ceremony was asked, or that came back: what it is called, what it says, and what that means. */
export interface Fact {
  group: 'asked' | 'back'
  member: string
  values: readonly string[]
  note?: string | undefined
  /** It was not asked for: what is said is what that means. */
  unset?: boolean
}

type Json = Record<string, unknown>

/**
 * What can be compared of a ceremony, member by member. What differs each time is none of it: challenge, ids, signature
 * and times; nor is what is secret.
 */
export function factsOf(record: RunRecord): Fact[] {
  const { run, of, choices } = keptOf(record)
  return [...asked({ run, of, choices }), ...cameBack(run)]
}

/** The bytes that the authenticator vouched for; undefined where it did not answer. */
export function authenticatorDataOf(run: Run): Uint8Array | undefined {
  const { attestationObject, authenticatorData } = responseOf(run)
  const attested = typeof attestationObject === 'string' && bytesOf(attestationObject)
  if (attested) return decodeAttestationObject(attested).value?.authData
  return typeof authenticatorData === 'string' ? bytesOf(authenticatorData) : undefined
}

function asked({ run, of, choices }: Pick<RunRecord, 'run' | 'of' | 'choices'>): Fact[] {
  const known = optionsOf(run.kind).map(({ path, whenUnset }) => ({ path, whenUnset }))
  const set = choices[run.kind]
  const unknown = Object.keys(set).filter((path) => !known.some((option) => option.path === path))
  const options = [...known, ...unknown.map((path) => ({ path, whenUnset: undefined }))]
  return [
    { group: 'asked', member: 'ceremony', values: [run.kind] },
    { group: 'asked', member: 'username', values: [of.username ?? 'anyone'] },
    { group: 'asked', member: 'tenant', values: [of.tenantName ?? 'not known'] },
    ...options.map(({ path, whenUnset }): Fact => {
      const isSet = set[path] !== undefined
      return {
        group: 'asked',
        member: nameOf(path),
        values: isSet ? wordsOf(set[path]) : ['unset'],
        note: isSet ? undefined : whenUnset,
        unset: !isSet,
      }
    }),
  ]
}

/** The member's own name: both ceremonies have some of them, in different places. */
function nameOf(path: string): string {
  if (path === 'rp.id') return 'rpId'
  return path.replace(/^(?:authenticatorSelection|extensions)\./, '')
}

function cameBack(run: Run): Fact[] {
  const { passkey } = run.registered ?? run.authenticated ?? {}
  const { code } = run.failure ?? {}
  const credential = bodyOf(run, 'credential')
  const response = responseOf(run)
  const bytes = typeof response.clientDataJSON === 'string' ? bytesOf(response.clientDataJSON) : undefined
  const clientData = bytes && decodeClientData(bytes).value
  const failed = checksOf(run)?.filter(({ outcome }) => outcome === 'fail')
  const facts: [member: string, value: unknown, note?: string][] = [
    ['outcome', outcomeOf(run).words],
    ['error', code],
    ['failed checks', failed?.map(({ title }) => title)],
    ...authenticatorFacts(run),
    ['authenticatorAttachment', credential.authenticatorAttachment],
    ['transports', response.transports],
    ...Object.entries(asJson(credential.clientExtensionResults)).map(([name, value]): [string, unknown] => [
      `${name} result`,
      value,
    ]),
    ['origin', clientData?.origin],
    ['crossOrigin', clientData?.crossOrigin],
    ['provider', passkey && (passkey.provider ?? 'not known')],
    ['algorithm', passkey && algorithmName(passkey.algorithm)],
    ['device', passkey?.deviceType],
    ['backed up', passkey?.backedUp],
  ]
  return facts.flatMap(([member, value, note]): Fact[] =>
    value === undefined || (Array.isArray(value) && !value.length)
      ? []
      : [{ group: 'back', member, values: wordsOf(value), note }],
  )
}

function authenticatorFacts(run: Run): [member: string, value: unknown, note?: string][] {
  const bytes = authenticatorDataOf(run)
  const value = bytes && decodeAuthenticatorData(bytes).value
  const { attestationObject } = responseOf(run)
  const attested = typeof attestationObject === 'string' ? bytesOf(attestationObject) : undefined
  const attestation = attested && decodeAttestationObject(attested).value
  const chain = attestation?.attStmt.get('x5c')
  const notes = [
    Array.isArray(chain) ? `x5c of ${chain.length}` : undefined,
    run.registered ? (run.registered.passkey.attestation?.trusted ? 'trusted' : 'not trusted') : undefined,
  ]
  return [
    ...(value
      ? ([
          ['flags', flagWords(value.flags)],
          ['signCount', value.signCount, value.signCount ? 'it counts' : 'it does not count'],
        ] as [string, unknown, string?][])
      : []),
    ['aaguid', value?.attestedCredentialData?.aaguid],
    [
      'attestation format',
      attestation?.fmt,
      attestation && attestation.fmt !== 'none' ? notes.filter(Boolean).join(', ') : undefined,
    ],
    ['authenticator extensions', value?.extensions && [...value.extensions.keys()].map(String)],
  ]
}

function flagWords({ byte, ...bits }: Flags): string[] {
  const set = Object.entries(bits).filter(([, bit]) => bit === true)
  return [`0x${byte.toString(16).padStart(2, '0')}`, ...set.map(([name]) => name.toUpperCase())]
}

function wordsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.length ? value.map(wordOf) : ['empty']
  return [wordOf(value)]
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function responseOf(run: Run): Json {
  return asJson(bodyOf(run, 'credential').response)
}

function bodyOf({ messages }: Run, id: Message['id']): Json {
  return asJson(messages.find((message) => message.id === id)?.body)
}

function bytesOf(text: string): Uint8Array | undefined {
  return fromBase64url(text) ?? undefined
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}
