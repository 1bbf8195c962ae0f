import type { MpcKey, RecoveryFile, Round } from '#lib/sdk/mpc/index.ts'
import type { Whereabouts } from './device-shares.ts'
import type { AttackName } from './mpc-attacks.ts'
import type { Verdict } from './signature-verdict.ts'

export type WorkKind = 'generate' | 'sign' | 'refresh' | 'recover'

/** Why something was refused. */
export interface Refusal {
  reason: string
  detail: string
  party?: string | undefined
}

/** A message, and when it passed: epoch milliseconds. */
export interface Passed extends Round {
  at: number
}

/** What a cheat changed, and what it met besides the last refusal. */
export interface Evidence {
  /** Bytes of a share, hexadecimal, before and after. */
  share?: { before: string; after: string }
  /** An approval that had expired was sent too; when it ended, epoch milliseconds. */
  expired?: number
}

/** What is drawn: one operation, message by message. */
export interface Work {
  kind: WorkKind
  attack?: AttackName
  evidence?: Evidence
  /** Whether an approval comes first. */
  approved: boolean
  /** User-held parties beside the device, whose messages never leave the page. */
  inside: readonly string[]
  rounds: readonly Passed[]
  /** Epoch milliseconds. */
  startedAt: number
  /** Milliseconds, once it has ended. */
  took?: number
  refusal?: Refusal
}

/** A signature on show. */
export interface Signature {
  bytes: Uint8Array
  message: string
  verdict: Verdict
}

/** What a person approves with a passkey, and when they did. */
export interface Approval {
  title: string
  keyId: string
  /** Of the message that is signed, hexadecimal. */
  hash?: string
  at?: number
}

export interface MpcState {
  /** The user's keys; undefined until they are read. */
  keys?: readonly MpcKey[]
  key?: MpcKey
  share: Whereabouts
  /** The device was lost on this page, by a button. */
  lost: boolean
  /** Of the user's passkeys: what they are called, by credential ID. */
  passkeys: Readonly<Record<string, string>>
  /** The files of the key's other user-held parties, as long as this page knows them. */
  files: readonly RecoveryFile[]
  work?: Work
  busy: boolean
  approval?: Approval
  signature?: Signature
  /** The MPC server could not be asked at all. */
  away?: Refusal
}

/** Whether somebody called it off, so that nothing was refused. */
export function calledOff({ reason }: Refusal): boolean {
  return reason === 'AbortError' || reason === 'DialogueError'
}
