import { toHex } from './bytes.ts'

/** Sixteen bytes as a UUID, lower case. */
export function uuidOf(bytes: Uint8Array): string {
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
