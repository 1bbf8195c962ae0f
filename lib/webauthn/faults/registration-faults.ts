import { algorithmLabel } from '../algorithms.ts'
import type { RegistrationFault } from './fault.ts'
import { cut, flags, flipped, foreignOrigin, longer, member, randomText } from './tampering.ts'

const common = { ceremony: 'registration' } as const
const clientData = {
  ...common,
  group: 'Client data',
  where: 'In clientDataJSON, before anything is signed.',
} as const
const authenticatorData = {
  ...common,
  group: 'Authenticator data',
  where: 'In the authenticator data, before it goes into the attestation object.',
} as const
const attestation = {
  ...common,
  group: 'Attestation',
  where: 'In the attestation object: its authenticator data is the truth.',
} as const

/** What must not become anybody's passkey. */
export const registrationFaults: readonly RegistrationFault[] = [
  {
    ...clientData,
    id: 'register-another-origin',
    title: 'Registered on another origin',
    attack: 'A page on another site has the victim make a passkey, and brings it here.',
    refusedBy: 'origin',
    tamper: ({ origin }) => member('origin', origin, foreignOrigin),
  },
  {
    ...clientData,
    id: 'get-for-create',
    title: 'webauthn.get for create',
    attack: 'What was signed to sign in is shown as a registration.',
    refusedBy: 'type',
    tamper: () => member('type', 'webauthn.create', 'webauthn.get'),
  },
  {
    ...clientData,
    id: 'register-another-challenge',
    title: 'Registered for another challenge',
    attack: 'A passkey that was made long ago, elsewhere, is brought as new.',
    refusedBy: 'challenge',
    tamper: ({ challenge }) => member('challenge', challenge, randomText()),
  },
  {
    ...authenticatorData,
    id: 'register-another-rp-id',
    title: 'Registered for another RP ID',
    attack: 'A passkey of another relying party is brought here.',
    refusedBy: 'rp-id-hash',
    tamper: ({ rpId }) => ({
      was: `SHA-256 of ${rpId}`,
      is: 'SHA-256 of acme-wallet.example',
      overrides: { rpId: 'acme-wallet.example' },
    }),
  },
  {
    ...authenticatorData,
    id: 'register-user-not-present',
    title: 'Registered with nobody present',
    attack: 'Malware makes a passkey in silence.',
    refusedBy: 'user-present',
    tamper: () => flags({ up: true }, { up: false }),
  },
  {
    ...authenticatorData,
    id: 'register-user-not-verified',
    title: 'Registered without verification',
    attack: 'A thief makes a passkey of their own on a device that they cannot unlock.',
    refusedBy: 'user-verified',
    options: { authenticatorSelection: { residentKey: 'required', userVerification: 'required' } },
    tamper: () => flags({ uv: true }, { uv: false }),
  },
  {
    ...authenticatorData,
    id: 'register-backed-up-not-eligible',
    title: 'Registered as backed up, yet not eligible',
    attack: 'Flags that contradict each other: the authenticator is broken, or none.',
    refusedBy: 'backup-flags',
    tamper: () => flags({ be: false, bs: false }, { be: false, bs: true }),
  },
  {
    ...authenticatorData,
    id: 'algorithm-not-offered',
    title: 'Algorithm that was not offered',
    attack: 'A key of an algorithm that the server did not ask for, perhaps one that it verifies badly.',
    where: 'In the credential public key: its algorithm is none that was offered.',
    refusedBy: 'algorithm',
    options: { pubKeyCredParams: [-7] },
    tamper: ({ offered }) => {
      const algorithm = [-257, -35, -36, -37, -7].find((alg) => !offered.includes(alg))
      if (!algorithm) throw new Error('The server offers every algorithm that could be tried.')
      return { was: offered.map(algorithmLabel).join(', '), is: algorithmLabel(algorithm), overrides: { algorithm } }
    },
  },
  {
    ...authenticatorData,
    id: 'point-off-the-curve',
    title: 'Point off the curve',
    attack: 'A key that is no point of its curve: some verifiers calculate with it all the same.',
    where: 'In the credential public key: the last bit of y is flipped.',
    refusedBy: 'credential-public-key',
    options: { pubKeyCredParams: [-7] },
    tamper: () => ({
      was: 'y',
      is: 'y, its last bit flipped',
      overrides: {
        coseKey: (key) => {
          const y = key.get(-3)
          return y instanceof Uint8Array ? new Map(key).set(-3, flipped(y, y.length - 1)) : key
        },
      },
    }),
  },
  {
    ...attestation,
    id: 'cbor-cut-short',
    title: 'CBOR cut short',
    attack: 'A decoder that reads past the end, or makes up what is missing, accepts it.',
    refusedBy: 'attestation-object',
    tamper: () => ({
      was: 'the attestation object',
      is: 'the attestation object without its last 16 bytes',
      overrides: { attestationObject: (bytes) => cut(bytes, 16) },
    }),
  },
  {
    ...attestation,
    id: 'cbor-goes-on',
    title: 'CBOR that goes on',
    attack: 'Something is smuggled in behind what the decoder reads.',
    refusedBy: 'attestation-object',
    tamper: () => ({
      was: 'the attestation object',
      is: 'the attestation object, and 2 bytes behind it',
      overrides: { attestationObject: longer },
    }),
  },
  {
    ...common,
    group: 'Outer members',
    id: 'register-ids-differ',
    title: 'Registered with another id',
    attack: 'One part of a server keeps one ID, another part the other.',
    where: 'In id and rawId: the authenticator data has another.',
    refusedBy: 'credential-id',
    tamper: ({ otherCredentialId: id }) => ({
      was: 'the ID in the authenticator data',
      is: `"id":"${id}"`,
      overrides: { id, rawId: id },
    }),
  },
  {
    ...common,
    group: 'Timing',
    id: 'registered-twice',
    title: 'Registered twice',
    where: 'In when it is sent: every byte of it is the truth.',
    attack: 'The same request is sent again, by somebody who saw it.',
    refusedBy: 'ceremony_unknown',
    timing: 'twice',
    tamper: () => ({ was: 'sent once', is: 'sent twice', overrides: {} }),
  },
]
