import { createHash, type X509Certificate } from 'node:crypto'
import type { Attestation, AttestationSource } from '#lib/contract/attestation.ts'
import { certificateParts } from '#lib/webauthn/verify/certificate-parts.ts'
import { bestWay } from '#lib/webauthn/verify/chain.ts'
import { modelFault, type Vouching } from '#lib/webauthn/verify/vouching.ts'
import { trustAnchorsOf } from './anchors.ts'
import { builtInRoots } from './built-in-roots.ts'
import { followChain, type Way } from './chain.ts'
import { currentMetadata } from './metadata.ts'
import type { ModelMetadata } from './metadata-blob.ts'
import { reported } from './status.ts'
import { subjectOf } from './subject.ts'

/** Whether an authenticator is vouched for, by whom, and otherwise why not. */
export interface Trust extends Omit<Attestation, 'format'> {
  /** What was found that is not trusted, in words for people; absent where it is, and where it brings no certificates. */
  reason?: string
}

/** What is known of an authenticator that nobody vouches for. */
export const noTrust: Trust = { trusted: false, source: null, root: null, status: [], description: null }

/**
 * Whether a known root vouches for an authenticator: one of FIDO's metadata of its model, an anchor of the tenant's, or its
 * maker's where that is built in; and nothing that is reported of the model speaks against it. Nothing is fetched for that.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential (steps 23 and 24)
 */
export async function assessTrust(vouching: Vouching, tenantId: string | undefined): Promise<Trust> {
  const { fmt, certificates } = vouching
  if (certificates.length === 0) return noTrust
  const model = await modelOf(vouching)
  const known: [AttestationSource, readonly X509Certificate[]][] = [
    ['fido-metadata', model?.roots ?? []],
    ['trust-anchor', tenantId ? await trustAnchorsOf(tenantId) : []],
    ['built-in', builtInRoots(fmt)],
  ]
  const ways = await Promise.all(
    known.map(async ([source, roots]) => ({ source, ...(await followChain(certificates, roots)) })),
  )
  const way: Way & { source?: AttestationSource } = bestWay(ways) ?? { fault: '' }
  const chain = [...certificates, ...(way.anchor ? [way.anchor.raw] : [])].map((der) =>
    Buffer.from(der).toString('base64'),
  )
  const { status, refusing } = reported(model?.reports ?? [], chain)
  const reason = modelFault(vouching) ?? (way.fault || statusFault(refusing))
  return {
    trusted: reason === undefined,
    source: (way.anchor && way.source) ?? null,
    root: way.anchor ? subjectOf(way.anchor) : null,
    status,
    description: model?.description ?? null,
    ...(reason === undefined ? {} : { reason }),
  }
}

function statusFault(refusing: readonly string[]): string | undefined {
  return refusing.length > 0 ? `a model of which FIDO’s metadata reports ${refusing.join(', ')}` : undefined
}

/** U2F keys have no AAGUID: FIDO lists them by the key of their attestation certificate. */
async function modelOf({ fmt, certificates: [signer], aaguid }: Vouching): Promise<ModelMetadata | undefined> {
  const metadata = await currentMetadata()
  if (!metadata || !signer) return undefined
  if (fmt !== 'fido-u2f') return metadata.find({ aaguid })
  const key = certificateParts(signer)?.certificate.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey
  return key && metadata.find({ keyIdentifier: createHash('sha1').update(new Uint8Array(key)).digest('hex') })
}
