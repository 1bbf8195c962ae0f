import {
  decodeAttestationObject,
  decodeAuthenticatorData,
  equalBytes,
  fromBase64url,
} from '#lib/webauthn/decode/index.ts'
import type { Run } from '../run.ts'

/** What one act of a step brought, as far as a judge needs it. Nothing of it is a key, a token or a name. */
export interface Evidence {
  done: boolean
  failure?: ActFailure
  /** What the authenticator answered, also where the server refused it afterwards. */
  answer?: Answer
  /** The server says that it is the user who was asked for; undefined where nobody was. */
  rightUser?: boolean
  /** What was wrong with it, where an act has findings of its own. Empty: nothing. */
  differences?: readonly string[]
  /** Functions that the browser lacks. */
  lacking?: readonly string[]
}

export interface ActFailure {
  /** The exception’s name, or the problem’s code. */
  code: string
  what: string
  /** Who refused; `elsewhere`: the key, the network, or nobody. */
  by: 'browser' | 'server' | 'elsewhere'
  /** Nobody refused: a person ended it, or did not answer. */
  calm: boolean
  /** Titles of the server’s checks that failed. */
  failedChecks: readonly string[]
}

export interface Answer {
  /** `id` of the credential, and whether `rawId` and, in a new one, the attested ID are the same. */
  credentialId: string
  idsAgree: boolean
  userVerified?: boolean
  userHandle?: string
  /** Of a new credential. */
  aaguid?: string
  algorithm?: number
  format?: string
  /** Its statement has certificates. */
  certified?: boolean
  /** Undefined where the browser has no `getTransports`. */
  transports?: readonly string[]
  extensions: Readonly<Record<string, unknown>>
}

interface CredentialJson {
  id: string
  rawId: string
  clientExtensionResults?: Record<string, unknown>
  response: {
    attestationObject?: string
    authenticatorData?: string
    transports?: string[]
    userHandle?: string
  }
}

/** What a ceremony brought; with a user ID, whether it was that user’s. */
export function evidenceOf(run: Run, userId?: string): Evidence {
  const credential = run.messages.find(({ id }) => id === 'credential')?.body as CredentialJson | undefined
  const finished = run.registered ?? run.authenticated
  return {
    done: run.status === 'success',
    ...(run.failure ? { failure: failureOf(run.failure, run) } : {}),
    ...(credential ? { answer: answerOf(credential) } : {}),
    ...(finished && userId !== undefined ? { rightUser: finished.user.id === userId } : {}),
  }
}

/** What a credential’s JSON says. A part that cannot be read is left out. */
export function answerOf({ id, rawId, response, clientExtensionResults = {} }: CredentialJson): Answer {
  const attestation = response.attestationObject
    ? decodeAttestationObject(bytes(response.attestationObject))
    : undefined
  const data =
    attestation?.value?.authenticatorData?.value ??
    (response.authenticatorData ? decodeAuthenticatorData(bytes(response.authenticatorData)).value : undefined)
  const attested = data?.attestedCredentialData
  return {
    credentialId: id,
    idsAgree: id === rawId && (!attested || equalBytes(attested.credentialId, bytes(rawId))),
    ...(data ? { userVerified: data.flags.uv } : {}),
    ...(response.userHandle === undefined ? {} : { userHandle: response.userHandle }),
    ...(attested ? { aaguid: attested.aaguid } : {}),
    ...(attested?.publicKey ? { algorithm: attested.publicKey.alg } : {}),
    ...(attestation?.value ? { format: attestation.value.fmt, certified: attestation.value.attStmt.has('x5c') } : {}),
    ...(response.transports ? { transports: response.transports } : {}),
    extensions: clientExtensionResults,
  }
}

function failureOf({ code, what, calm = false, problem }: NonNullable<Run['failure']>, { messages }: Run): ActFailure {
  const failedChecks = (problem?.checks ?? []).filter(({ outcome }) => outcome === 'fail').map(({ title }) => title)
  return { code, what, by: whoRefused(code, messages), calm, failedChecks }
}

/** Codes by which the server judges what an authenticator gave, and not the key or the moment. */
const judgements = ['verification_failed', 'invalid_request', 'passkey_exists']

function whoRefused(code: string, messages: Run['messages']): ActFailure['by'] {
  const answered = messages.some(({ id, body }) => id === 'credential' && body !== undefined)
  if (answered) return judgements.includes(code) ? 'server' : 'elsewhere'
  return messages.at(-1)?.id === 'credential' ? 'browser' : 'elsewhere'
}

function bytes(text: string): Uint8Array {
  return fromBase64url(text) ?? new Uint8Array()
}
