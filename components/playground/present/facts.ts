import { providerOf } from '#lib/webauthn/aaguid.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import { decodeAttestationObject, decodeAuthenticatorData } from '#lib/webauthn/decode/index.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { checksOf } from '../checks/checks-of.ts'
import type { Failure, Message, Run } from '../run.ts'
import type { RunRecord } from '../state.ts'
import { asObject } from '../take-along/run-facts.ts'

/** What a ceremony holds that its sentences speak of. What it does not hold is undefined, and is not spoken of. */
export interface Facts {
  kind: CeremonyKind
  /** The person's name in the ceremony; undefined where nobody was named. */
  username: string | undefined
  /** The server was told who it is when the ceremony began. */
  named: boolean
  tenant: string | undefined
  /** Conditional mediation: a passkey is made beside a sign-in, or offered in the name field, and nobody pressed for it. */
  conditional: boolean
  rpId: string | undefined
  /** How many passkeys the options list: those that may answer, or that must not be made twice. */
  listed: number
  /** How many algorithms the options offer. */
  offered: number
  /** What the authenticator says of the person and of the passkey; undefined where it did not answer. */
  flags: { up: boolean; uv: boolean; be: boolean } | undefined
  /** Who holds the passkey: of an authenticator in software that alone, whichever AAGUID it was given. */
  provider: string | undefined
  /** An authenticator in software answered: no person was asked. */
  software: boolean
  checks: readonly Check[]
  failure: Failure | undefined
}

/** Reads a ceremony that has ended. */
export function factsOf({ run, of, choices }: RunRecord): Facts {
  const body = (id: Message['id']) => asObject(run.messages.find((message) => message.id === id)?.body)
  const publicKey = asObject(body('options').publicKey)
  const answer = run.registered ?? run.authenticated
  const data = authenticatorDataIn(body('credential'))
  const list = publicKey[run.kind === 'registration' ? 'excludeCredentials' : 'allowCredentials']
  const aaguid = data?.attestedCredentialData?.aaguid
  return {
    kind: run.kind,
    username: answer?.user.username ?? of.username,
    named: typeof body('begin').username === 'string',
    tenant: tenantIn(run) ?? of.tenantName,
    conditional: choices[run.kind].mediation === 'conditional',
    rpId: text(run.kind === 'registration' ? asObject(publicKey.rp).id : publicKey.rpId),
    listed: Array.isArray(list) ? list.length : 0,
    offered: Array.isArray(publicKey.pubKeyCredParams) ? publicKey.pubKeyCredParams.length : 0,
    flags: data?.flags,
    provider: softwareIn(run) ?? answer?.passkey.provider ?? (aaguid ? (providerOf(aaguid) ?? undefined) : undefined),
    software: run.software !== undefined,
    checks: checksOf(ownOf(run)) ?? [],
    failure: run.failure,
  }
}

/** Without the checks of what came after it. */
function ownOf({ approved: _, ...run }: Run): Run {
  return run
}

function softwareIn({ software }: Run): string | undefined {
  return software === undefined ? undefined : software ? `“${software}”, in software` : 'software'
}

function tenantIn({ authenticated }: Run): string | undefined {
  return text(asObject(authenticated?.tenant).name)
}

function authenticatorDataIn(credential: Record<string, unknown>) {
  const { authenticatorData, attestationObject } = asObject(credential.response)
  const bytes = (value: unknown) => fromBase64url(text(value) ?? '') ?? new Uint8Array()
  return attestationObject
    ? decodeAttestationObject(bytes(attestationObject)).value?.authenticatorData?.value
    : decodeAuthenticatorData(bytes(authenticatorData)).value
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined
}
