/**
 * One decoded part of a WebAuthn structure, for people: a name, what it says, and where its bytes are.
 *
 * A decoder never throws: a part that is broken becomes a node whose `error` says why.
 */
export interface DecodedNode {
  /** The specification's name of the part. */
  name: string
  /** What the part says, short enough for one line; hex for opaque bytes. */
  value?: string
  /** What that means, in plain words. */
  note?: string
  /** Where the part's bytes are in the structure that the tree's root decodes: [from, to). */
  range?: readonly [from: number, to: number]
  error?: string
  /** The specification's section. */
  spec?: string
  /** So long that its parts are shown when asked for. */
  folded?: true
  children?: DecodedNode[]
}

/** How one structure of a response is read, and what it is for. It takes any bytes, and never throws. */
export interface Decoder {
  decode(bytes: Uint8Array): Decoded<unknown>
  /** Reads what it holds to the last part, with code that comes in a chunk of its own where there is any for it to read. */
  whole?(bytes: Uint8Array): Promise<Decoded<unknown>>
  /** A sentence for people. */
  note: string
  /** The structure is text, not binary. */
  text?: true
}

/** What a decoder gives: the tree for people, the value for code (absent when too broken), and each thing wrong with it. */
export interface Decoded<Value> {
  node: DecodedNode
  value?: Value
  /** Empty when the structure is well-formed. */
  errors: string[]
}
