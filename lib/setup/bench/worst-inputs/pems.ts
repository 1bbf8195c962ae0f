import { certificatesOf } from './certificates.ts'

/** The most characters that are taken, and bytes that are as many in PEM, with its lines. */
const characters = 16_384
const bytes = 12_000

const [begin, end] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----']

/** Certificates in PEM, or nearly, by what is bad about them. */
export function pems(): Record<string, string> {
  const fill = (unit: string) => unit.repeat(Math.floor((characters - 60) / unit.length))
  return {
    ...Object.fromEntries(
      Object.entries(certificatesOf(bytes)).map(([name, ders]) => [
        name,
        ders.map(pem).join('\n').slice(0, characters),
      ]),
    ),
    'beginnings alone': fill(begin),
    'beginnings and a letter': fill(`${begin}A`),
    'a beginning and spaces': `${begin}${fill(' ')}`,
    'a beginning and letters': `${begin}${fill('A')}`,
    'many blocks': fill(`${begin}A${end}`),
    'a private key’s beginning, nearly': `-----BEGIN ${fill('A ')}`,
  }
}

function pem(der: Uint8Array): string {
  return `${begin}\n${Buffer.from(der).toString('base64')}\n${end}`
}
