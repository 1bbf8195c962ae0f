import type { Overrides } from './overrides.ts'

/**
 * The client data as a browser writes it, or as the overrides want it.
 * @see https://www.w3.org/TR/webauthn-3/#clientdatajson-serialization
 */
export function clientDataJSON(
  type: 'webauthn.create' | 'webauthn.get',
  challenge: string,
  origin: string,
  { clientData, clientDataText }: Overrides,
): Uint8Array {
  const truth = { type, challenge, origin, crossOrigin: false }
  const said = typeof clientData === 'function' ? clientData(truth) : { ...truth, ...clientData }
  const written = clientDataText ?? JSON.stringify(said)
  return typeof written === 'string' ? new TextEncoder().encode(written) : written
}
