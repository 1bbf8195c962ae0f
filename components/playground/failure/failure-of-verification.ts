import type { ProblemDocument } from '#lib/contract/problem.ts'
import { isAppOrigin } from '#lib/webauthn/origin.ts'
import type { Circumstances } from './circumstances.ts'
import type { Words } from './failure-words.ts'

const verificationPath = {
  registration: 'authenticatorSelection.userVerification',
  authentication: 'userVerification',
} as const

/** Words for a credential that did not verify: the first failed check speaks. */
export function refusal(problem: ProblemDocument, circumstances: Circumstances): Words {
  const failed = problem.checks?.find((check) => check.outcome === 'fail')
  const tenant = circumstances.tenant?.tenant.name ?? 'this tenant'
  const { kind, origin } = circumstances
  const elsewhere = circumstances.tenant?.relyingParty.origins.find((each) => each !== origin && !isAppOrigin(each))
  if (!failed) {
    return /credential|passkey/i.test(problem.detail) && /unknown|not (known|registered|found)/i.test(problem.detail)
      ? unknownCredential(circumstances)
      : {
          what: 'Refused: the credential did not verify',
          why: problem.detail,
          todo: 'Try again. A live environment does not say more; a test key shows every check.',
        }
  }
  const measured = `The browser sent ${failed.actual}; expected ${failed.expected}.`
  switch (failed.id) {
    case 'credential-known':
      return unknownCredential(circumstances)
    case 'origin':
      return {
        what: 'Refused: the origin is not one of this tenant’s',
        why: `The browser signed for ${failed.actual}; ${tenant} allows ${failed.expected}.`,
        todo: 'Open the page on an allowed origin, or have this one added to the tenant.',
        ...(elsewhere ? { help: [{ do: 'open', url: `${elsewhere}/playground` }] } : {}),
      }
    case 'challenge':
      return {
        what: 'Refused: the challenge is another one’s',
        why: measured,
        todo: 'Press the button again: each ceremony has its own challenge.',
        help: [{ do: 'again' }],
      }
    case 'user-verified':
      return {
        what: 'Refused: the person was not verified',
        why: `User verification is required, and the authenticator did not do it. ${measured}`,
        todo: 'Use an authenticator with a PIN, finger or face, or set User verification to preferred.',
        help: [{ do: 'set-option', ceremony: kind, path: verificationPath[kind], value: 'preferred' }],
      }
    case 'rp-id-hash':
      return {
        what: 'Refused: the passkey is for another relying party',
        why: `The authenticator signed for ${failed.actual}; expected ${failed.expected}.`,
        todo: 'Choose a passkey of this relying party, or register one here.',
        help: [{ do: 'again' }, { do: 'register' }],
      }
    case 'allow-credentials':
    case 'credential-owner':
    case 'user-handle':
      return {
        what: `Refused: the passkey is not ${circumstances.username ? `one of ${circumstances.username}’s` : 'its owner’s'}`,
        why: measured,
        todo: 'Choose another passkey, or use Sign in with a passkey, which asks for no name.',
        help: [{ do: 'again' }, { do: 'sign-in' }],
      }
    case 'attestation-trust':
    case 'attestation-aaguid':
      return {
        what:
          failed.id === 'attestation-trust'
            ? `Refused: nobody that ${tenant} trusts vouches for this authenticator`
            : `Refused: ${tenant} does not allow this authenticator`,
        why: `Its attestation policy says so. ${measured}`,
        todo: 'Set Attestation to direct, so that the authenticator says what it is, use another one, or have the policy changed under Console, Attestation.',
        help: [{ do: 'set-option', ceremony: kind, path: 'attestation', value: 'direct' }],
      }
    case 'sign-count':
      return {
        what: 'Refused: the signature counter did not grow',
        why: `${measured} A copy of the authenticator could be in use.`,
        todo: 'If this is a test authenticator, reset its counter or register it again.',
      }
    default:
      return {
        what: `Refused: ${failed.title}`,
        why: measured,
        todo: 'The Checks tab shows this step beside the specification.',
      }
  }
}

function unknownCredential({ tenant, otherTenants, username }: Circumstances): Words {
  const here = tenant?.tenant.name ?? 'this tenant'
  const others = otherTenants.filter((name) => name !== here)
  const shared = others.length && tenant?.relyingParty.id
  return {
    what: `Refused: ${here} does not know this passkey`,
    why: shared
      ? `It may belong to ${others.join(' or ')}: the demo tenants share the RP ID ${shared}, so this device offers the passkeys of both, and each tenant accepts only its own.`
      : 'It was deleted here, or was registered with another tenant or environment that shares the RP ID.',
    todo: shared
      ? `Choose a passkey that you registered with ${here}, or switch to the other demo key.`
      : username
        ? `Press Register to make one for ${username}.`
        : 'Choose another passkey, or register one.',
    help: shared ? [{ do: 'again' }, { do: 'demo-key' }] : [{ do: 'again' }, { do: 'register' }],
  }
}
