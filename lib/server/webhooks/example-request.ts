import { generateKeyPairSync } from 'node:crypto'
import { exampleOf } from '#lib/contract/webhook-events.ts'
import { clock } from '../clock.ts'
import { newId } from '../ids.ts'
import { newSecret } from './secrets.ts'
import { signatureHeaders } from './sign.ts'

/** A request as an endpoint would get it, in HTTP's own form, signed by a secret that nobody has. */
export function exampleRequest(): string {
  const timestamp = new Date(clock.now())
  const type = 'passkey.registered'
  const body = { type, timestamp: timestamp.toISOString(), data: exampleOf(type) }
  const { privateKey } = generateKeyPairSync('ed25519')
  const signed = { id: newId('msg'), timestamp, body: JSON.stringify(body) }
  const headers = signatureHeaders({ ...signed, secrets: [newSecret('example').text], privateKey })
  return [
    'POST /webhooks HTTP/1.1',
    'content-type: application/json',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    JSON.stringify(body, null, 2),
  ].join('\n')
}
