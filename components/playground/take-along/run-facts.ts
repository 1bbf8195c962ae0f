import { decodeAttestationObject, fromBase64url } from '#lib/webauthn/decode/index.ts'
import type { CeremonyFacts } from '../../snippets/ceremony-snippets.ts'
import { askedOf } from '../options/asked-options.ts'
import { soundChoices } from '../options/option-values.ts'
import type { Message, Run } from '../run.ts'
import type { RunRecord } from '../state.ts'

/** The message of a ceremony, where it came so far. */
export function messageOf({ messages }: Run, id: Message['id']): Message | undefined {
  return messages.find((message) => message.id === id)
}

/** What a ceremony was begun with, as its code is written from it. */
export function factsOf({ run, of, choices }: RunRecord): CeremonyFacts {
  const asked =
    memberOf(messageOf(run, 'begin')?.body, 'username') ?? (run.kind === 'registration' ? of.username : undefined)
  const username = typeof asked === 'string' ? asked : undefined
  return { ceremony: run.kind, username, ...askedOf(run.kind, soundChoices(choices)) }
}

/** What the authenticator of a ceremony showed of itself. */
export interface SeenAuthenticator {
  /** The flags UV, BE and BS; undefined where no authenticator data came. */
  flags: { verified: boolean; eligible: boolean; backedUp: boolean } | undefined
  transports: readonly string[]
  attachment: string | undefined
  extensions: Readonly<Record<string, unknown>>
}

/** Reads it from the answer of the authenticator, whatever stands there. */
export function seenAuthenticator(run: Run): SeenAuthenticator {
  const credential = asObject(messageOf(run, 'credential')?.body)
  const response = asObject(credential.response)
  const bytes = (name: string) => fromBase64url(typeof response[name] === 'string' ? response[name] : '')
  const attested = decodeAttestationObject(bytes('attestationObject') ?? new Uint8Array()).value?.authData
  const flags = (attested ?? bytes('authenticatorData'))?.[32]
  const passkey = (run.registered ?? run.authenticated)?.passkey
  const told = passkey?.transports ?? response.transports
  return {
    flags:
      flags === undefined
        ? undefined
        : { verified: (flags & 0x04) !== 0, eligible: (flags & 0x08) !== 0, backedUp: (flags & 0x10) !== 0 },
    transports: Array.isArray(told) ? told.filter((each) => typeof each === 'string') : [],
    attachment: typeof credential.authenticatorAttachment === 'string' ? credential.authenticatorAttachment : undefined,
    extensions: asObject(credential.clientExtensionResults),
  }
}

/** A dictionary as it is, and one without members for anything else. */
export function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function memberOf(value: unknown, name: string): unknown {
  return asObject(value)[name]
}
