import type { AuthenticationOptions, RegistrationOptions } from '#lib/contract/options.ts'
import { level3 } from '#lib/webauthn/specifications.ts'
import type { Evidence } from './evidence.ts'
import * as judges from './judges.ts'
import type { Verdict } from './verdict.ts'

/** Whose passkey an act makes or uses: each name is a user of its own. */
export type Holder =
  | 'none'
  | 'direct'
  | 'second'
  | 'discouraged'
  | 'preferred'
  | 'required'
  | 'fallback'
  | 'resident'
  | 'excluded'
  | 'credProps'
  | 'prf'
  | 'largeBlob'
  | 'json'

/** One thing that a step does. */
export type Act =
  | { do: 'register'; as: Holder; options: RegistrationOptions; added?: Record<string, unknown>; exclude?: Holder }
  /** Usernameless where `usernameless` is said: the passkey says who it is. */
  | { do: 'authenticate'; as: Holder; options?: AuthenticationOptions; usernameless?: true }
  /** Tells the authenticator what the server knows. */
  | { do: 'signal'; as: Holder }
  /** A registration by the browser’s own JSON functions. */
  | { do: 'native'; as: Holder }

export interface CompatibilityStep {
  id: string
  title: string
  /** What happens at the press. */
  does: string
  /** What the specification has follow. */
  expects: string
  spec: string
  /** Whose passkey an earlier step has to have made. */
  needs?: Holder
  acts: readonly Act[]
  /** Of what its acts brought, in their order; `made` is every registration’s answer so far. */
  judge: (evidence: readonly Evidence[], made: readonly Evidence[]) => Verdict
}

const notKept = { residentKey: 'discouraged' } as const
/** A number that COSE leaves to private use: no authenticator knows it. */
const unknownAlgorithm = -70_000
const knownAlgorithms = [-7, -257, -8]
/** The same bytes each time, so that a PRF’s answers can be compared. */
const salt = 'Y29tcGF0aWJpbGl0eS10ZXN0LXNhbHQtMDAwMDAwMDE'
const blob = 'Y29tcGF0aWJpbGl0eQ'

function verification(value: 'discouraged' | 'preferred' | 'required', expects: string): CompatibilityStep {
  return {
    id: `verification-${value}`,
    title: `User verification ${value}`,
    does: `Makes a passkey and signs in with it, both with userVerification: ${value}.`,
    expects,
    spec: `${level3}#enum-userVerificationRequirement`,
    acts: [
      {
        do: 'register',
        as: value,
        options: { authenticatorSelection: { ...notKept, userVerification: value } },
      },
      { do: 'authenticate', as: value, options: { userVerification: value } },
    ],
    judge: value === 'required' ? judges.verifiedBoth : judges.verificationAgrees,
  }
}

/** The guided compatibility test: what each step does, what is expected, and how it is judged. */
export const compatibilitySteps: readonly CompatibilityStep[] = [
  {
    id: 'attestation-none',
    title: 'Attestation none',
    does: 'Makes a passkey with attestation: none.',
    expects: 'No certificate that tells the authenticator’s maker: format none, or a statement by the passkey itself.',
    spec: `${level3}#dom-attestationconveyancepreference-none`,
    acts: [{ do: 'register', as: 'none', options: { attestation: 'none', authenticatorSelection: notKept } }],
    judge: judges.noneAttested,
  },
  {
    id: 'attestation-direct',
    title: 'Attestation direct',
    does: 'Makes a passkey with attestation: direct.',
    expects: 'A statement that the server can verify. Authenticators may have none to give.',
    spec: `${level3}#dom-attestationconveyancepreference-direct`,
    acts: [{ do: 'register', as: 'direct', options: { attestation: 'direct', authenticatorSelection: notKept } }],
    judge: judges.directlyAttested,
  },
  {
    id: 'two-users',
    title: 'Two users',
    does: 'Makes a passkey for one more user, and signs in as the first user and then as the second.',
    expects: 'Both have a passkey side by side, and each signs in as itself.',
    spec: `${level3}#user-handle`,
    needs: 'none',
    acts: [
      { do: 'register', as: 'second', options: { authenticatorSelection: notKept } },
      { do: 'authenticate', as: 'none' },
      { do: 'authenticate', as: 'second' },
    ],
    judge: judges.eachItself,
  },
  verification(
    'discouraged',
    'The person is verified both times, or neither time. The specification lets them differ, and servers are caught by it.',
  ),
  verification('preferred', 'The person is verified both times, or neither time, as the authenticator can.'),
  verification('required', 'The person is verified both times. An authenticator that cannot refuses.'),
  {
    id: 'fallback-algorithm',
    title: 'Fallback algorithm',
    does: 'Makes a passkey with a list of algorithms whose first nobody knows.',
    expects: 'The unknown algorithm is passed over, and the passkey has one of those after it.',
    spec: `${level3}#dom-publickeycredentialcreationoptions-pubkeycredparams`,
    acts: [
      {
        do: 'register',
        as: 'fallback',
        options: { pubKeyCredParams: knownAlgorithms, authenticatorSelection: notKept },
        added: {
          pubKeyCredParams: [unknownAlgorithm, ...knownAlgorithms].map((alg) => ({ type: 'public-key', alg })),
        },
      },
    ],
    judge: judges.fallsBack(knownAlgorithms),
  },
  {
    id: 'resident-key',
    title: 'Resident key, no username',
    does: 'Makes a discoverable passkey, and signs in without a username.',
    expects: 'The passkey is offered without being named, and its user handle says whose it is.',
    spec: `${level3}#client-side-discoverable-credential`,
    acts: [
      { do: 'register', as: 'resident', options: { authenticatorSelection: { residentKey: 'required' } } },
      { do: 'authenticate', as: 'resident', usernameless: true },
    ],
    judge: judges.discoverable,
  },
  {
    id: 'exclude-credentials',
    title: 'Excluded credential',
    does: 'Asks for another passkey where excludeCredentials names the discoverable one.',
    expects: 'InvalidStateError: the authenticator holds it already, and makes no other.',
    spec: `${level3}#dom-publickeycredentialcreationoptions-excludecredentials`,
    needs: 'resident',
    acts: [{ do: 'register', as: 'excluded', options: { authenticatorSelection: notKept }, exclude: 'resident' }],
    judge: judges.excluded,
  },
  {
    id: 'cred-props',
    title: 'Extension credProps',
    does: 'Makes a passkey with residentKey: required and asks whether it is discoverable.',
    expects: 'credProps.rk is true, or is not said.',
    spec: `${level3}#sctn-authenticator-credential-properties-extension`,
    acts: [
      {
        do: 'register',
        as: 'credProps',
        options: { authenticatorSelection: { residentKey: 'required' }, extensions: { credProps: true } },
      },
    ],
    judge: judges.tellsDiscoverable,
  },
  {
    id: 'prf',
    title: 'Extension prf',
    does: 'Makes a passkey that can evaluate a PRF, and signs in twice with the same input.',
    expects: 'prf.enabled at registration, and the same 32 bytes each time.',
    spec: `${level3}#prf-extension`,
    acts: [
      { do: 'register', as: 'prf', options: { extensions: { prf: {} } } },
      { do: 'authenticate', as: 'prf', options: { extensions: { prf: { eval: { first: salt } } } } },
      { do: 'authenticate', as: 'prf', options: { extensions: { prf: { eval: { first: salt } } } } },
    ],
    judge: judges.evaluates,
  },
  {
    id: 'large-blob',
    title: 'Extension largeBlob',
    does: 'Makes a discoverable passkey with room for a blob, writes one at a sign-in and reads it at the next.',
    expects: 'largeBlob.supported, then written, then the same bytes.',
    spec: `${level3}#sctn-large-blob-extension`,
    acts: [
      {
        do: 'register',
        as: 'largeBlob',
        options: {
          authenticatorSelection: { residentKey: 'required' },
          extensions: { largeBlob: { support: 'preferred' } },
        },
      },
      { do: 'authenticate', as: 'largeBlob', options: { extensions: { largeBlob: { write: blob } } } },
      { do: 'authenticate', as: 'largeBlob', options: { extensions: { largeBlob: { read: true } } } },
    ],
    judge: judges.keepsBlob(blob),
  },
  {
    id: 'signal',
    title: 'Signal API',
    does: 'Tells the authenticator which passkeys the server knows, the user’s name, and one passkey that it does not know.',
    expects: 'Each call is taken. What the authenticator makes of it is not told.',
    spec: `${level3}#sctn-signal-methods`,
    needs: 'resident',
    acts: [{ do: 'signal', as: 'resident' }],
    judge: judges.signals,
  },
  {
    id: 'ids',
    title: 'IDs and user handle',
    does: 'Signs in with the passkey of the step Attestation direct.',
    expects: 'id is rawId and the attested ID, the sign-in has the same, and a user handle is the one that was given.',
    spec: `${level3}#dom-publickeycredential-rawid`,
    needs: 'direct',
    acts: [{ do: 'authenticate', as: 'direct' }],
    judge: judges.sameIds,
  },
  {
    id: 'transports',
    title: 'Transports',
    does: 'Looks at how the passkeys of the earlier steps say that they are reached. Nothing is asked.',
    expects: 'getTransports() gives known values, each once, in order.',
    spec: `${level3}#dom-authenticatorattestationresponse-gettransports`,
    acts: [],
    judge: judges.transportsKnown,
  },
  {
    id: 'json',
    title: 'Native JSON',
    does: 'Makes a passkey from JSON by parseCreationOptionsFromJSON, and turns it into JSON by toJSON.',
    expects: 'toJSON says what the members themselves say, and the server takes it.',
    spec: `${level3}#dom-publickeycredential-tojson`,
    acts: [{ do: 'native', as: 'json' }],
    judge: judges.nativeJson,
  },
]
