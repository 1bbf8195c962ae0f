import type { WrittenForm } from './keys/key-forms.ts'
import type { DecodedNode } from './node.ts'

/** A structure found in what somebody gave, to be read by itself: its tree, and the bytes or the text that it came from. */
export interface Part {
  title: string
  /** What it is for, a sentence for people. */
  note?: string
  node: DecodedNode
  /** What the ranges of the tree count in. */
  bytes?: Uint8Array
  as?: 'hex' | 'text'
  /** The part as it was written. */
  copy: string
  /** Of a public key: the same in other forms. */
  forms?: WrittenForm[]
  /** CBOR in diagnostic notation. */
  diagnostic?: string
  /** Each thing wrong with it. */
  errors?: string[]
}
