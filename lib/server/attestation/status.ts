import { clock } from '../clock.ts'
import type { StatusReport } from './metadata-blob.ts'

/** What nobody vouches for any more: each of them says that the authenticator can be somebody else's. */
const against: ReadonlySet<string> = new Set([
  'REVOKED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
])

/**
 * What is reported of a model now, and what of that is against trust in it; everything else is a note. A report about a
 * certificate holds only where that one is among these.
 *
 * @param certificates base64 of the chain, its root too
 * @see https://fidoalliance.org/specs/mds/fido-metadata-service-v3.0-ps-20210518.html#authenticatorstatus-enum
 */
export function reported(
  reports: readonly StatusReport[],
  certificates: readonly string[],
): { status: string[]; refusing: string[] } {
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const holding = reports.filter(
    ({ effectiveDate, certificate }) =>
      (effectiveDate === undefined || effectiveDate <= today) &&
      (certificate === undefined || certificates.includes(certificate.replaceAll(/\s/g, ''))),
  )
  const status = [...new Set(holding.map(({ status }) => status))]
  return { status, refusing: status.filter((each) => against.has(each)) }
}
