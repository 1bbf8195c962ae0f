import type { ProblemDocument } from '#lib/contract/problem.ts'
import { isAppOrigin } from '#lib/webauthn/origin.ts'
import { verificationCauses } from './causes/verification-causes.ts'
import type { Circumstances } from './circumstances.ts'
import type { Words } from './failure-words.ts'

const verificationPath = {
  registration: 'authenticatorSelection.userVerification',
  authentication: 'userVerification',
} as const

/** What a failed check means, where no more is to be said of it than what was expected and what was found. */
const meanings: Readonly<Record<string, string>> = {
  'client-data-json': 'the client data is broken',
  type: 'the response is one of another ceremony',
  'cross-origin': 'the page was in a frame of another site',
  'top-origin': 'the page was in a frame of another site',
  'authenticator-data': 'the authenticator data is broken',
  'user-present': 'nobody was present',
  'backup-flags': 'the backup flags contradict each other',
  'backup-eligibility': 'the passkey’s backup eligibility has changed',
  signature: 'the signature does not fit',
  'signature-encoding': 'the signature is not written as DER',
  'attestation-object': 'the attestation object is broken',
  'attestation-format': 'the attestation’s format is not known here',
  'attestation-statement': 'the attestation statement is not valid',
  'credential-public-key': 'the public key is broken or weak',
  algorithm: 'the algorithm is none that was asked for',
  'credential-id': 'the credential’s IDs are not the same',
  'second-opinion': 'SimpleWebAuthn does not verify it',
}

/**
 * Words for a credential that did not verify: the first failed check speaks, and what failed besides it ranks the reasons
 * that it can have.
 */
export function refusal(problem: ProblemDocument, circumstances: Circumstances): Words {
  const words = firstRefusal(problem, circumstances)
  const { causes, todo = words.todo } = verificationCauses(problem.checks ?? [], circumstances)
  return causes.length ? { ...words, causes, todo, help: [] } : words
}

function firstRefusal(problem: ProblemDocument, circumstances: Circumstances): Words {
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
  const measured = `Expected ${failed.expected}, found ${failed.actual}.`
  switch (failed.id) {
    case 'credential-known':
      return unknownCredential(circumstances)
    case 'origin':
      return {
        what: 'Refused: the origin is not one of this tenant’s',
        why: `The response is from ${failed.actual}; ${tenant} allows ${failed.expected}.`,
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
        ...(circumstances.asked?.attestation === 'direct'
          ? {
              todo: 'Use an authenticator that it trusts, or have this one’s root added, or the policy changed, under Console, Attestation.',
              help: [{ do: 'again' }],
            }
          : {
              todo: 'Set Attestation to direct, so that the authenticator says what it is, use another one, or have the policy changed under Console, Attestation.',
              help: [{ do: 'set-option', ceremony: kind, path: 'attestation', value: 'direct' }],
            }),
      }
    case 'sign-count':
      return {
        what: 'Refused: the signature counter did not grow',
        why: measured,
        todo: 'If this is a test authenticator, set its counter, or register it again.',
      }
    default:
      return {
        what: `Refused: ${meanings[failed.id] ?? failed.title}`,
        why: measured,
        todo: 'The Checks tab shows this step beside the specification.',
        help: [{ do: 'again' }],
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
      ? `Choose a passkey that you registered with ${here}, or switch to the other demo key. Tell the provider only of one that was deleted: it is then offered to no tenant any more.`
      : `${username ? `Press Register to make one for ${username}.` : 'Choose another passkey, or register one.'} If it was deleted, tell the provider, which then stops offering it.`,
    help: [{ do: 'again' }, { do: shared ? 'demo-key' : 'register' }, { do: 'tell-provider' }],
  }
}
