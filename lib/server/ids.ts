import { customAlphabet } from 'nanoid'
import { base62 } from '#lib/contract/api-key-format.ts'

const random = customAlphabet(base62)

/** `length` random base62 characters, 5.95 bits each. */
export function randomText(length: number): string {
  return random(length)
}

/**
 * A new id that says what it names: tenants `tnt`, users `usr`, passkeys `psk`, ceremonies `cer`, members `mem`, invitations
 * `inv`, sessions `ses`, logos `lgo`, OAuth clients `cli`, their secrets `sec`, approvals that they ask for `apr`, webhook
 * endpoints `we`, what they are told `msg`, what they are told as a test `msg_test`, ledger transactions `txn`, payment methods
 * `pm`, top-ups `top`, runs of skills `run`, trust anchors `anc`, hand-offs `hof`.
 */
export function newId(prefix: Prefix): string {
  return `${prefix}_${random(['cer', 'lgo', 'apr', 'run'].includes(prefix) ? 24 : 14)}`
}

type Prefix =
  | ('tnt' | 'usr' | 'psk' | 'cer' | 'mem' | 'inv' | 'ses' | 'lgo')
  | ('cli' | 'sec' | 'apr')
  | ('we' | 'msg' | 'msg_test')
  | ('txn' | 'pm' | 'top')
  | ('run' | 'anc' | 'hof')
