import type { Check } from '#lib/webauthn/checks/check.ts'
import type { UserVerification } from '#lib/webauthn/options.ts'
import type { RecordedCredential } from '#lib/webauthn/verify/recorded-credential.ts'
import type { loadVerifier } from './load-verifier.ts'

/** A value to hold a response against: `own` while it is only the response's own word. */
export interface Said {
  value: string
  own: boolean
}

/** What somebody says of a ceremony that ended elsewhere, as they wrote it. */
export interface SaidOfCeremony {
  challenge: Said
  origins: Said
  rpId: Said
  userVerification: UserVerification
  /** Of a sign-in. */
  publicKey: string
  signCount: string
  userHandle: string
  /** Of a registration. */
  trustAnchors: string
}

/** The ledger, and what is wrong with the public key or the trust anchors: the checks went without them. */
export interface Judged {
  checks: readonly Check[]
  error: string | undefined
}

export type Verifier = Awaited<ReturnType<typeof loadVerifier>>

/** Holds a recorded response against what is said of its ceremony. */
export async function judge(verifier: Verifier, credential: RecordedCredential, said: SaidOfCeremony): Promise<Judged> {
  const { challenge, origins, rpId, userVerification } = said
  const expected = {
    challenge: challenge.value.trim(),
    origins: origins.value.split(/[\s,]+/).filter(Boolean),
    rpId: rpId.value.trim(),
    userVerification,
    unproven: [
      ...(challenge.own ? (['challenge'] as const) : []),
      ...(origins.own ? (['origin'] as const) : []),
      ...(rpId.own ? (['rpId'] as const) : []),
    ],
  }
  if (credential.response.attestationObject !== undefined) {
    const given = said.trustAnchors.trim() ? verifier.recordedAnchors(said.trustAnchors) : { anchors: [] }
    const anchors = 'anchors' in given ? given.anchors : []
    const checks = await verifier.recordedRegistration(credential, expected, anchors)
    return { checks, error: 'error' in given ? given.error : undefined }
  }
  const key = said.publicKey.trim() ? await verifier.recordedKey(said.publicKey) : undefined
  const count = said.signCount.trim()
  const checks = await verifier.recordedAuthentication(credential, expected, {
    publicKey: key && 'cose' in key ? key.cose : undefined,
    signCount: count && isSignCount(count) ? Number(count) : undefined,
    userHandle: said.userHandle.trim() || undefined,
  })
  return { checks, error: key && 'error' in key ? key.error : undefined }
}

/** Whether a text is a number that a counter of 32 bits can have. */
export function isSignCount(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) < 2 ** 32
}
