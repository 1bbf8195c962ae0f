import type { MpcKey, RecoveryFile, Round } from '#lib/sdk/mpc/index.ts'
import type { AttackName } from './mpc-attacks.ts'
import type { Verdict } from './signature-verdict.ts'

export type WorkKind = 'generate' | 'sign' | 'refresh' | 'recover'

/** Why something was refused. */
export interface Refusal {
  reason: string
  detail: string
  party?: string | undefined
}

/** What is drawn: one operation, message by message. */
export interface Work {
  kind: WorkKind
  attack?: AttackName
  rounds: readonly Round[]
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
  /** Hexadecimal. */
  hash: string
  at?: number
}

export interface MpcState {
  /** The user's keys; undefined until they are read. */
  keys?: readonly MpcKey[]
  key?: MpcKey
  /** Whether this browser holds a share of the key. */
  held: boolean
  /** The recovery file, as long as this page knows it. */
  recovery?: RecoveryFile
  work?: Work
  busy: boolean
  approval?: Approval
  signature?: Signature
  /** The MPC server could not be asked at all. */
  away?: Refusal
  /** How this browser keeps its share. */
  keptHow: string
}
