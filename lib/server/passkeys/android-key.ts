import { id_ce_keyDescription, KeyDescription } from '@peculiar/asn1-android'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'

/** KM_ORIGIN_GENERATED: made in the device, and not brought into it. */
const generated = 0

/** KM_PURPOSE_SIGN. */
const signing = 2

/**
 * What is wrong with the key that an Android attestation certificate is about, by what the certificate says of its origin
 * and its purpose; undefined where nothing is. Which part of the device enforces them is not asked.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-android-key-attestation
 */
export function androidKeyFault(certificate: Uint8Array): string | undefined {
  const lists = authorizationsOf(certificate)
  const origins = lists.flatMap(({ origin }) => origin ?? [])
  if (origins.length === 0 || origins.some((origin) => origin !== generated))
    return 'a key that was not made in the device'
  return lists.some(({ purpose }) => purpose?.includes(signing)) ? undefined : 'a key that is not for signing'
}

function authorizationsOf(certificate: Uint8Array) {
  try {
    const { extensions } = AsnConvert.parse(certificate, Certificate).tbsCertificate
    const described = extensions?.find(({ extnID }) => extnID === id_ce_keyDescription)
    if (!described) return []
    const { softwareEnforced, teeEnforced } = AsnConvert.parse(described.extnValue, KeyDescription)
    return [softwareEnforced, teeEnforced]
  } catch {
    return []
  }
}
