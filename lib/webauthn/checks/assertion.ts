import type { AuthenticationContext } from './context.ts'
import { type Step, skipped, verdict } from './step.ts'

const eligible = (be: boolean) => (be ? 'eligible' : 'not eligible')
const unknown = 'the credential is not registered here'

/** What the assertion is compared with: the stored passkey. */
export const assertionSteps: readonly Step<AuthenticationContext>[] = [
  {
    // An authenticator settles it once, when it makes the credential:
    // https://www.w3.org/TR/webauthn-3/#sctn-credential-backup
    id: 'backup-eligibility',
    title: 'Backup eligibility unchanged',
    authentication: { step: 19 },
    evaluate: ({ authenticatorData: { value }, passkey }) => {
      if (!passkey) return skipped('as it was registered', unknown)
      const expected = eligible(passkey.backupEligible)
      if (!value) return skipped(expected, 'the authenticator data does not decode')
      return verdict(value.flags.be === passkey.backupEligible, expected, eligible(value.flags.be))
    },
  },
  {
    id: 'signature',
    title: 'Signature',
    authentication: { step: 21 },
    evaluate: ({ signature: { valid, reason }, passkey }) => {
      const expected = 'valid under the registered public key'
      if (!passkey) return skipped(expected, unknown)
      if (valid === undefined) return skipped(expected, reason ?? 'could not be verified')
      return verdict(valid, expected, valid ? 'valid' : (reason ?? 'not valid'))
    },
  },
  {
    // A counter that stands still or falls may mean two copies of the private key. Zero on both sides: it has none.
    // https://www.w3.org/TR/webauthn-3/#sctn-sign-counter
    id: 'sign-count',
    title: 'Signature counter',
    authentication: { step: 22 },
    evaluate: ({ authenticatorData: { value }, passkey }) => {
      if (!passkey) return skipped('greater than the stored one', unknown)
      const expected = passkey.signCount === 0 ? '0 or greater' : `greater than ${passkey.signCount}`
      if (!value) return skipped(expected, 'the authenticator data does not decode')
      const grown = value.signCount > passkey.signCount || (value.signCount === 0 && passkey.signCount === 0)
      return verdict(grown, expected, String(value.signCount))
    },
  },
]
