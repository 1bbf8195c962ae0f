import { equalBytes, toHex } from '../decode/bytes.ts'
import type { AuthenticatorData } from '../decode/index.ts'
import { brief, compared } from './brief.ts'
import type { CeremonyContext } from './context.ts'
import { type Step, skipped, type Verdict, verdict, wellFormed } from './step.ts'

/** Judges the authenticator data, or says that there is none to judge. */
function given(
  expected: string | ((context: CeremonyContext) => string),
  judge: (data: AuthenticatorData, context: CeremonyContext) => Verdict,
) {
  return (context: CeremonyContext) => {
    const data = context.authenticatorData?.value
    if (data) return judge(data, context)
    return skipped(
      typeof expected === 'string' ? expected : expected(context),
      'the authenticator data does not decode',
    )
  }
}

const flag = (set: boolean) => (set ? 'set' : 'not set')
const names = (list: readonly string[]) => list.map(brief).join(', ') || 'none'

/** The steps on the authenticator data that both ceremonies have. */
export const authenticatorDataSteps: readonly Step<CeremonyContext>[] = [
  {
    id: 'authenticator-data',
    title: 'Authenticator data',
    registration: { step: 13, anchor: 'sctn-authenticator-data' },
    authentication: { step: 7, anchor: 'sctn-authenticator-data' },
    evaluate: (context) => {
      const expected = 'well-formed, nothing after it'
      if (!context.authenticatorData) return skipped(expected, 'the attestation object does not decode')
      // A registration has a step of its own for the key.
      return wellFormed(
        context.authenticatorData,
        expected,
        'attestationObject' in context ? ['credentialPublicKey'] : [],
      )
    },
  },
  {
    id: 'rp-id-hash',
    title: 'RP ID hash',
    registration: { step: 14 },
    authentication: { step: 15, anchor: 'rp-op-verifying-assertion-step-rpid-hash' },
    evaluate: given(
      ({ expected }) => `SHA-256 of ${expected.rpId}`,
      ({ rpIdHash }, context) => {
        const texts = compared(toHex(context.rpIdHash), toHex(rpIdHash))
        const same = equalBytes(rpIdHash, context.rpIdHash)
        return verdict(same, `SHA-256 of ${context.expected.rpId}: ${texts.expected}`, texts.actual)
      },
    ),
  },
  {
    id: 'user-present',
    title: 'User present',
    registration: { step: 15 },
    authentication: { step: 16 },
    evaluate: given('set', ({ flags }) => verdict(flags.up, 'set', flag(flags.up))),
  },
  {
    id: 'user-verified',
    title: 'User verified',
    registration: { step: 16 },
    authentication: { step: 17 },
    evaluate: given(
      ({ expected }) => expected.userVerification,
      ({ flags }, { expected: { userVerification } }) =>
        userVerification === 'required'
          ? verdict(flags.uv, 'set', flag(flags.uv))
          : verdict(true, `set or not set (${userVerification})`, flag(flags.uv)),
    ),
  },
  {
    id: 'backup-flags',
    title: 'Backup flags',
    registration: { step: 17 },
    authentication: { step: 18 },
    evaluate: given('backed up only if eligible', ({ flags }) =>
      verdict(
        flags.be || !flags.bs,
        'backed up only if eligible',
        flags.bs
          ? `backed up, ${flags.be ? 'eligible' : 'not eligible'}`
          : `not backed up, ${flags.be ? 'eligible' : 'not eligible'}`,
      ),
    ),
  },
  {
    // Nobody has to act on an extension, and a browser may add its own: outputs are shown and never refused.
    id: 'extensions',
    title: 'Extension outputs',
    registration: { step: 28, anchor: 'reg-ceremony-verify-extension-outputs' },
    authentication: { step: 23, anchor: 'authn-ceremony-verify-extension-outputs' },
    evaluate: ({ clientExtensionResults, authenticatorData, expected }) => {
      const outputs = [...Object.keys(clientExtensionResults), ...(authenticatorData?.value?.extensions?.keys() ?? [])]
      return verdict(
        true,
        `any; asked for: ${names(expected.extensions ?? [])}`,
        names([...new Set(outputs.map(brief))].slice(0, 16)),
      )
    },
  },
]
