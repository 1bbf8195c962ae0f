import {
  checkKeyShare,
  type KeyShare,
  ProtocolError,
  type PublicPackage,
  publicKey,
  type SuiteName,
  verify,
} from '#lib/mpc/protocol/index.ts'
import { frostSecret } from '#lib/mpc/protocol/key.ts'
import { suiteOf } from '#lib/mpc/protocol/suites.ts'

/** A key that exists whole: whoever holds it signs alone, and no other share is asked. */
export interface TakenOut {
  readonly suite: SuiteName
  /** As before: 32 bytes. */
  readonly publicKey: Uint8Array
  /**
   * The scalar, 32 bytes: little-endian for ed25519, big-endian for schnorr-secp256k1. For ed25519 it is no seed, of which
   * RFC 8032 makes a scalar by hashing: a wallet that imports a seed would make another key of it.
   */
  readonly secretKey: Uint8Array
}

/**
 * Puts a key together from enough of its shares, for its user to leave with. It asks nobody, and belongs on a machine that is
 * offline: from then on the key is as safe as that machine.
 *
 * @param shares of as many parties as the threshold, or more, all of the key's generation
 * @throws ProtocolError parties_invalid, generation_mismatch, share_invalid with the party's name
 */
export function takeOut(key: PublicPackage, shares: readonly KeyShare[]): TakenOut {
  const { suite, threshold, parties } = key
  for (const share of shares) checkKeyShare(key, share)
  const holders = parties.filter((party) => shares.some((share) => share.party === party))
  if (holders.length < threshold || holders.length !== shares.length) {
    throw new ProtocolError('parties_invalid', `It takes the shares of ${threshold} parties, each once.`)
  }
  const secrets = shares.map((share) => frostSecret(suite, share))
  const secretKey = suiteOf(suite).keygen.combineSecret(secrets, { min: threshold, max: parties.length })
  const taken = { suite, publicKey: publicKey(key), secretKey }
  const probe = new Uint8Array(32)
  if (verify(suite, signAlone(taken, probe), probe, taken.publicKey)) return taken
  throw new ProtocolError('share_invalid', 'The shares do not make the key.')
}

/** A signature of 64 bytes by the whole key, that verifies as those of its shares did. */
export function signAlone({ suite, secretKey }: TakenOut, message: Uint8Array): Uint8Array {
  return suiteOf(suite).sign.sign(message, secretKey)
}
