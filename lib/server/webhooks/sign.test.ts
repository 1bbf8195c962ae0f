import { createHmac, generateKeyPairSync, randomBytes, verify } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { signatureHeaders } from './sign.ts'

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`
const body = '{"type":"key.created","data":{"name":"schlüssel"}}'
const signed = { id: 'msg_1', timestamp: new Date(), body }

test('the stock library verifies what either secret signed, and nothing else', () => {
  const [one, other] = [newSecret(), newSecret()]
  const headers = signatureHeaders({ ...signed, secrets: [one, other] })
  expect(new Webhook(one).verify(body, headers)).toEqual(JSON.parse(body))
  expect(new Webhook(other).verify(body, headers)).toEqual(JSON.parse(body))
  expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow('No matching signature')
  expect(() => new Webhook(one).verify(`${body} `, headers)).toThrow('No matching signature')
  expect(() => new Webhook(one).verify(body, { ...headers, 'webhook-id': 'msg_2' })).toThrow('No matching signature')
})

test('the public key verifies what the private one signed', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const secret = newSecret()
  const headers = signatureHeaders({ ...signed, secrets: [secret], privateKey })
  const [symmetric, asymmetric] = headers['webhook-signature'].split(' ')
  const content = Buffer.from(`msg_1.${headers['webhook-timestamp']}.${body}`)
  const key = Buffer.from(secret.slice(6), 'base64')
  expect(symmetric).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`)
  const [version, signature = ''] = asymmetric?.split(',') ?? []
  expect(version).toBe('v1a')
  expect(verify(null, content, publicKey, Buffer.from(signature, 'base64'))).toBe(true)
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
})
