import { long, room, texts } from './texts.ts'

/** An execution of a skill. */
interface Execution {
  skill_id: string
  input: object
}

const characters = 49_000
const fill = (unit: string, most = characters) => unit.repeat(Math.floor(most / unit.length))
const decode = (data: string): Execution => ({ skill_id: 'webauthn.decode', input: { data } })
const verify = (algorithm: string, bytes: number): Execution => ({
  skill_id: 'signature.verify',
  input: { algorithm, publicKey: fill('02', bytes * 2), message: fill('é', 24_000), signature: fill('11', 128) },
})

/** What is dear to the skills that this server does itself, by name. */
export function skillInputs(): Record<string, Execution> {
  const sentences = Array.from({ length: 6_000 }, (_, n) => `${n.toString(36)} b.`).join(' ')
  const summaries = {
    'many sentences': sentences.slice(0, characters),
    'long sentences': Array.from({ length: 400 }, (_, n) => `${fill(`w${n} x${n} `, 110)}.`).join(' '),
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, long(text, room - 2_048)])),
  }
  return {
    ...Object.fromEntries(
      Object.entries(summaries).map(([name, text]) => [
        `a text of ${name}`,
        { skill_id: 'text-summarizer', input: { text: text.slice(0, characters), sentences: 20 } },
      ]),
    ),
    'nested CBOR': decode(fill('81')),
    'CBOR of many values': decode(`9f${fill('00')}`),
    'a map of many members': decode(`bf${fill('6000')}`),
    'bytes that are none': decode(fill('_-')),
    'client data of many members': decode(`{${Array.from({ length: 5_000 }, (_, n) => `"${n}":[]`).join()}}`),
    'a long JWT': { skill_id: 'jwt.inspect', input: { token: `${fill('eyJ', 8_000)}.${fill('e30', 8_000)}.x` } },
    'a token of dots': { skill_id: 'jwt.inspect', input: { token: fill('.', 16_000) } },
    'a long message, Ed25519': verify('Ed25519', 32),
    'a long message, BIP 340': verify('BIP340', 32),
    'a long message, ES256': verify('ES256', 33),
  }
}
