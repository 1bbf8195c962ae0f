import { equalBytes, toHex } from '../decode/bytes.ts'
import type { AuthenticatorData } from '../decode/index.ts'
import { brief, compared } from './brief.ts'
import type { AuthenticationContext, CeremonyContext } from './context.ts'
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

/**
 * The hash of the RP ID that was asked for, or of the AppID that was asked for in its place; and by a passkey that was made
 * for that RP ID: its authenticator would use it for no other.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-appid-extension
 */
function rpIdHashVerdict({ rpIdHash }: AuthenticatorData, context: CeremonyContext | AuthenticationContext): Verdict {
  const { rpId } = context.expected
  const texts = compared(toHex(context.rpIdHash), toHex(rpIdHash))
  const { appIdHash, passkey } = 'passkey' in context ? context : {}
  const appId = 'appId' in context.expected ? context.expected.appId : undefined
  const expected = `SHA-256 of ${rpId}: ${texts.expected}${appId === undefined ? '' : `, or of ${brief(appId)}`}`
  if (passkey?.rpId && passkey.rpId !== rpId) return verdict(false, expected, `a passkey made for ${passkey.rpId}`)
  const ofAppId = appIdHash !== undefined && equalBytes(rpIdHash, appIdHash)
  return verdict(equalBytes(rpIdHash, context.rpIdHash) || ofAppId, expected, texts.actual)
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
    evaluate: given(({ expected }) => `SHA-256 of ${expected.rpId}`, rpIdHashVerdict),
  },
  {
    id: 'user-present',
    title: 'User present',
    registration: { step: 15 },
    authentication: { step: 16 },
    evaluate: given('set', ({ flags }, { expected }) =>
      'conditional' in expected && expected.conditional
        ? verdict(true, 'set or not set (conditional mediation)', flag(flags.up))
        : verdict(flags.up, 'set', flag(flags.up)),
    ),
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
