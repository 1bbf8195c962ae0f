export type { Decoded, DecodedNode } from './node.ts'
export type * from './structures.ts'
