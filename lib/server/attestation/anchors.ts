import { X509Certificate } from 'node:crypto'
import { setImmediate as otherWork } from 'node:timers/promises'
import { type TrustAnchorCreate, type TrustAnchorView, trustAnchorCreate } from '#lib/contract/attestation.ts'
import { certificateParts } from '#lib/webauthn/verify/certificate-parts.ts'
import { record } from '../audit/audit.ts'
import type { Actor } from '../caller.ts'
import { newId } from '../ids.ts'
import { invalid, Problem, parse } from '../problem.ts'
import * as store from './store.ts'
import { subjectOf } from './subject.ts'

/** The certificates that a tenant trusts to vouch for authenticators, oldest first. */
export async function listTrustAnchors(tenantId: string): Promise<TrustAnchorView[]> {
  return (await store.listAnchors(tenantId)).map(viewOf)
}

/** The same, as chains are followed to them. */
export async function trustAnchorsOf(tenantId: string): Promise<X509Certificate[]> {
  return (await store.anchorCertificates(tenantId)).map((der) => new X509Certificate(der))
}

/**
 * Has a tenant trust a certificate: a maker's root, a CA below it, or one authenticator's own. It holds from the next
 * registration that ends, in both environments.
 *
 * @throws Problem invalid_request for what is not one certificate in PEM, has more in it than any real one, or is there already
 */
export async function addTrustAnchor(
  tenantId: string,
  actor: Actor,
  request: TrustAnchorCreate,
): Promise<TrustAnchorView> {
  const { name, certificate } = parse(trustAnchorCreate, request)
  const read = readPem(certificate)
  // It may be dear to read: others have their turn before it is written.
  await otherWork()
  const anchor = { id: newId('anc'), name, certificate: Uint8Array.from(read.raw), fingerprint: fingerprintOf(read) }
  const saved = await store.saveAnchor(tenantId, anchor, (tx, { id, name, fingerprint }) =>
    record(tx, actor, {
      tenantId,
      action: 'trust_anchor.added',
      target: { id, name },
      after: { name, subject: subjectOf(read), fingerprint },
    }),
  )
  if (saved === 'taken') throw invalid('certificate', 'is here already')
  if (saved === 'full') {
    throw new Problem(
      'invalid_request',
      `There are ${store.mostAnchors} trust anchors here already: remove one that nobody needs.`,
    )
  }
  return viewOf(saved)
}

/**
 * Ends a tenant's trust in a certificate. What it vouched for stays as it was registered.
 *
 * @throws Problem not_found
 */
export async function removeTrustAnchor(tenantId: string, actor: Actor, id: string): Promise<void> {
  const removed = await store.removeAnchor(tenantId, id, (tx, { name, fingerprint }) =>
    record(tx, actor, {
      tenantId,
      action: 'trust_anchor.removed',
      target: { id, name },
      before: { name, fingerprint },
    }),
  )
  if (!removed) throw new Problem('not_found', 'No such trust anchor.')
}

function readPem(text: string): X509Certificate {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    throw invalid('certificate', 'holds a private key, which no server needs: take it out, and think of it as known')
  }
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.length !== 1) {
    throw invalid(
      'certificate',
      blocks.length === 0 ? 'is no certificate in PEM' : 'holds several: add each for itself',
    )
  }
  try {
    const certificate = new X509Certificate(blocks[0] ?? '')
    if (certificateParts(certificate.raw)) return certificate
  } catch {
    // Said below, whatever is wrong in it.
  }
  throw invalid('certificate', 'is no certificate that can be read, or has more in it than any real one')
}

function fingerprintOf({ fingerprint256 }: X509Certificate): string {
  return fingerprint256.replaceAll(':', '').toLowerCase()
}

function viewOf({ id, name, certificate, fingerprint, createdAt }: store.StoredAnchor): TrustAnchorView {
  const read = new X509Certificate(certificate)
  return {
    id,
    name,
    subject: subjectOf(read),
    fingerprint,
    notBefore: read.validFromDate.toISOString(),
    notAfter: read.validToDate.toISOString(),
    createdAt: createdAt.toISOString(),
  }
}
