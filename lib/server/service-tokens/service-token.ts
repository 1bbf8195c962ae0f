import { apiKeyChecksum, apiKeyLengths, base62 } from '#lib/contract/api-key-format.ts'
import { randomText } from '../ids.ts'
import { deriveKey } from '../root-secret.ts'

/** The services that tokens are made for. */
export const services = ['mpc'] as const
export type Service = (typeof services)[number]

const { id: idLength, secret: secretLength, checksum } = apiKeyLengths
const digit = '[0-9A-Za-z]'
const pattern = new RegExp(`^st_mpc_(${digit}{${idLength}})_${digit}{${secretLength + checksum}}$`)

/**
 * Writes a service token, by default a new one: `st_`, the service, an id, `_`, a secret of 256 bits and a checksum, as API
 * keys are written.
 */
export function writeServiceToken(
  service: Service,
  id = randomText(idLength),
  secret = randomText(secretLength),
): string {
  const text = `st_${service}_${id}_${secret}`
  return text + apiKeyChecksum(text)
}

/** The id in a service token's text; undefined where it is none or a character of it is wrong, which asks no database. */
export function idOfServiceToken(text: string): string | undefined {
  const [, id] = pattern.exec(text) ?? []
  return id && apiKeyChecksum(text.slice(0, -checksum)) === text.slice(-checksum) ? id : undefined
}

/** The `generation`th token that this server gives a service of its own: derived from the root secret, so the same in each process. */
export function derivedServiceToken(service: Service, generation: number): string {
  const derived = (purpose: string, length: number) =>
    [...deriveKey(`${service}-service-token-${purpose}:${generation}`, length)]
      .map((byte) => base62.charAt(byte % base62.length))
      .join('')
  return writeServiceToken(service, derived('id', idLength), derived('secret', secretLength))
}

/** How a token is shown after its making. */
export function hintOfServiceToken(token: string): string {
  return `${token.slice(0, -(secretLength + checksum))}…${token.slice(-4)}`
}
