import { toBase64url } from '../decode/bytes.ts'

/** The origin of somebody who phishes. */
export const foreignOrigin = 'https://acme-wallet.example'

/** A member of the client data, before and after. */
export function member(name: string, was: unknown, is: unknown) {
  const line = (value: unknown) => (value === undefined ? `no "${name}"` : `"${name}":${JSON.stringify(value)}`)
  return { was: line(was), is: line(is), overrides: { clientData: { [name]: is } } }
}

/** Flags of the authenticator data, before and after, in the specification's names. */
export function flags<Name extends string>(was: Record<Name, boolean>, is: Record<Name, boolean>) {
  const line = (flags: Record<Name, boolean>) =>
    Object.entries(flags)
      .map(([name, set]) => `${name.toUpperCase()} ${set ? 1 : 0}`)
      .join(', ')
  return { was: line(was), is: line(is), overrides: { flags: is } }
}

/** The same bytes with the lowest bit of one flipped. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))
}

/** The bytes without their last ones. */
export function cut(bytes: Uint8Array, by: number): Uint8Array {
  return bytes.slice(0, bytes.length - by)
}

/** The bytes with more behind them. */
export function longer(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes, 0xde, 0xad])
}

/** 32 bytes that nobody has seen. */
export function randomText(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(32)))
}
