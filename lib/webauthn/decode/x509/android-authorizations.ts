import { timeLine } from './der-values.ts'

/** One entry of an authorization list: its name, what its numbers mean, and how else they are read. */
export interface Authorization {
  name: string
  note?: string
  values?: Readonly<Record<number, string>>
  read?: (number: number) => string
}

const digests = { 0: 'none', 1: 'MD5', 2: 'SHA-1', 3: 'SHA-224', 4: 'SHA-256', 5: 'SHA-384', 6: 'SHA-512' }

/** Milliseconds since 1970. */
const moment = (milliseconds: number) => {
  const time = new Date(milliseconds)
  return Number.isNaN(time.getTime()) ? String(milliseconds) : timeLine(time)
}

/** “130000” is 13.0.0. */
const version = (number: number) =>
  [Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100].join('.')

/** “202501” is January 2025, “20250105” a day in it. */
const day = (number: number) =>
  String(number).replace(/^(\d{4})(\d\d)(\d\d)?$/, (_, ...parts: string[]) =>
    parts.slice(0, 3).filter(Boolean).join('-'),
  )

/**
 * What an authorization list can hold, by tag.
 *
 * @see https://source.android.com/docs/security/features/keystore/attestation#authorizationlist-fields
 */
export const authorizationNames: ReadonlyMap<number, Authorization> = new Map<number, Authorization>([
  [
    1,
    {
      name: 'purpose',
      note: 'what the key may do',
      values: {
        0: 'encrypt',
        1: 'decrypt',
        2: 'sign',
        3: 'verify',
        4: 'derive key',
        5: 'wrap key',
        6: 'agree key',
        7: 'attest key',
      },
    },
  ],
  [2, { name: 'algorithm', values: { 1: 'RSA', 3: 'EC', 32: 'AES', 33: '3DES', 128: 'HMAC' } }],
  [3, { name: 'keySize', note: 'in bits' }],
  [4, { name: 'blockMode', values: { 1: 'ECB', 2: 'CBC', 3: 'CTR', 32: 'GCM' } }],
  [5, { name: 'digest', values: digests }],
  [
    6,
    {
      name: 'padding',
      values: {
        1: 'none',
        2: 'OAEP',
        3: 'PSS',
        4: 'PKCS #1 1.5 encryption',
        5: 'PKCS #1 1.5 signature',
        64: 'PKCS #7',
      },
    },
  ],
  [10, { name: 'ecCurve', values: { 0: 'P-224', 1: 'P-256', 2: 'P-384', 3: 'P-521', 4: 'Curve25519' } }],
  [200, { name: 'rsaPublicExponent' }],
  [203, { name: 'mgfDigest', values: digests }],
  [303, { name: 'rollbackResistance', note: 'deleted means gone for good' }],
  [305, { name: 'earlyBootOnly' }],
  [400, { name: 'activeDateTime', read: moment }],
  [401, { name: 'originationExpireDateTime', read: moment }],
  [402, { name: 'usageExpireDateTime', read: moment }],
  [405, { name: 'usageCountLimit' }],
  [502, { name: 'userSecureId' }],
  [503, { name: 'noAuthRequired', note: 'the keystore asks for no unlocking of its own' }],
  [504, { name: 'userAuthType', values: { 1: 'password', 2: 'biometric', 3: 'password or biometric' } }],
  [505, { name: 'authTimeout', note: 'in seconds' }],
  [506, { name: 'allowWhileOnBody' }],
  [507, { name: 'trustedUserPresenceRequired', note: 'somebody must be there' }],
  [508, { name: 'trustedConfirmationRequired', note: 'the user must confirm what is signed' }],
  [509, { name: 'unlockedDeviceRequired' }],
  [600, { name: 'allApplications', note: 'any app may use the key, which WebAuthn forbids' }],
  [601, { name: 'applicationId' }],
  [701, { name: 'creationDateTime', read: moment }],
  [
    702,
    {
      name: 'origin',
      note: 'where the key was made; WebAuthn asks for “generated”',
      values: { 0: 'generated', 1: 'derived', 2: 'imported', 3: 'unknown', 4: 'securely imported' },
    },
  ],
  [703, { name: 'rollbackResistant' }],
  [704, { name: 'rootOfTrust', note: 'what the device booted' }],
  [705, { name: 'osVersion', read: version }],
  [706, { name: 'osPatchLevel', read: day }],
  [709, { name: 'attestationApplicationId', note: 'the apps that the key is of' }],
  [710, { name: 'attestationIdBrand' }],
  [711, { name: 'attestationIdDevice' }],
  [712, { name: 'attestationIdProduct' }],
  [713, { name: 'attestationIdSerial' }],
  [714, { name: 'attestationIdImei' }],
  [715, { name: 'attestationIdMeid' }],
  [716, { name: 'attestationIdManufacturer' }],
  [717, { name: 'attestationIdModel' }],
  [718, { name: 'vendorPatchLevel', read: day }],
  [719, { name: 'bootPatchLevel', read: day }],
  [720, { name: 'deviceUniqueAttestation' }],
  [723, { name: 'attestationIdSecondImei' }],
  [724, { name: 'moduleHash' }],
])
