import type { CreateOverrides } from '#lib/testing/authenticator.ts'
import {
  attestationSubject,
  type CertificateWishes,
  type MadeCertificate,
  makeCertificate,
} from '../../attestation/certificates-for-tests.ts'
import { attemptRegistration, type Tenant } from './ceremonies-harness.ts'

/** The model that the software authenticator is made to be of. */
export const model = '7ac4e517-0000-4000-8000-0000000000a1'

/** A maker of authenticators: its root, and the certificate of one batch. */
export function maker(wishes: { root?: CertificateWishes; batch?: CertificateWishes } = {}) {
  const root = makeCertificate({ subject: { CN: 'Acme Root' }, ...wishes.root })
  const batch = makeCertificate({
    subject: attestationSubject,
    issuer: root,
    ca: false,
    aaguid: model,
    ...wishes.batch,
  })
  return { root, batch }
}

/** What an authenticator of a batch says of itself: its AAGUID, and the batch's signature. */
export function ofBatch({ batch }: { batch: MadeCertificate }, aaguid = model): CreateOverrides {
  return {
    credential: { algorithm: -7, aaguid },
    fmt: 'packed',
    privateKey: batch.privateKey,
    attStmt: (truth) => truth.set('x5c', [batch.der]),
  }
}

/** Registers somebody new with an attestation. */
export function attest(tenant: Tenant, create: CreateOverrides) {
  tenant.authenticator.settings.attestation = 'packed'
  const username = `u${crypto.randomUUID().slice(0, 8)}`
  return attemptRegistration(tenant, {
    username,
    options: { pubKeyCredParams: [-7], attestation: 'direct' },
    create,
  })
}
