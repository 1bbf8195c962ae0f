import { readFileSync } from 'node:fs'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createRawServer, type Server } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newDataDir } from '../../../setup/isolated.ts'
import { selfSigned } from '../../../setup/self-signed.ts'
import { webhookReceiver } from '../../../setup/webhook-receiver.ts'
import { attempted, caller, happens, hour, listen, receiving, stops } from '../../../setup/webhook-sending.ts'
import { clock } from '../../clock.ts'
import { database } from '../../db/database.ts'
import { env } from '../../env.ts'
import { resolver } from '../../outbound/resolver.ts'
import { sendTest } from '../deliveries/deliveries.ts'
import { deleteWebhook, readWebhook, rotateSecret } from '../endpoints.ts'
import { patience } from './attempt.ts'
import { sendDue } from './sender.ts'
import { sweepNowAndThen } from './sweep.ts'

const { milliseconds: wholePatience } = patience

test('for a day after a rotation both secrets verify what is sent, and then the new one alone', async () => {
  const receiver = await receiving()
  const { id, secret: old = '' } = await listen(receiver.url)
  const { secret } = await rotateSecret(caller, id)
  const verified = async (name: string) => {
    await happens(name)
    await sendDue()
    const { body = '', headers } = receiver.received.at(-1) ?? {}
    return [old, secret].map((one) => {
      try {
        // Whatever the clock says.
        const stamped = { ...(headers as Record<string, string>) }
        new Webhook(one).verify(body, stamped)
        return true
      } catch (error) {
        if ((error as Error).message.includes('timestamp')) return 'timestamp'
        return false
      }
    })
  }
  expect(await verified('both')).toEqual([true, true])
  const tomorrow = clock.now() + 24 * hour
  clock.now = () => tomorrow
  await happens('new alone')
  await sendDue()
  const signatures = String(receiver.received.at(-1)?.headers['webhook-signature']).split(' ')
  expect(signatures.map((part) => part.split(',')[0])).toEqual(['v1', 'v1a'])
  await sweepNowAndThen()
  const kept = await (await database()).webhookEndpoint.findUnique({ where: { id } })
  expect([kept?.previousSecret, kept?.previousUntil]).toEqual([null, null])
  await deleteWebhook(caller, id)
})

test('an attempt is kept as it was: headers, time, status and the beginning of the answer', async () => {
  const receiver = await receiving((_, outgoing) => outgoing.writeHead(201).end(`${'x'.repeat(3_000_000)}`))
  const { tries, ...delivery } = await attempted(receiver.url)
  expect(delivery).toMatchObject({
    status: 'delivered',
    attempts: 1,
    lastStatus: 201,
    lastFailure: null,
    nextAttemptAt: null,
  })
  expect(tries).toEqual([
    {
      number: 1,
      at: expect.stringMatching(/Z$/),
      milliseconds: expect.any(Number),
      status: 201,
      failure: null,
      words: null,
      requestHeaders: expect.objectContaining({ 'webhook-id': delivery.eventId }),
      answer: 'x'.repeat(4096),
      answerTruncated: true,
    },
  ])
  const sent = receiver.received[0]?.headers
  expect(sent).toMatchObject(tries[0]?.requestHeaders ?? { none: '' })
  expect(JSON.stringify(tries)).not.toContain('whsec_')
})

test('a test is told from what happened by its id, which is signed, and by a header', async () => {
  const receiver = await receiving()
  const { id, secret = '' } = await listen(receiver.url)
  await sendTest(caller, id)
  await happens('truly')
  await sendDue()
  const told = receiver.received.map(({ body, headers }) => {
    const { data } = new Webhook(secret).verify(body, headers as Record<string, string>) as { data: { name: string } }
    return [data.name, String(headers['webhook-id']).startsWith('msg_test_'), headers['webhook-test']]
  })
  expect(told.toSorted()).toEqual([
    ['backend', true, 'true'],
    ['truly', false, undefined],
  ])
  await deleteWebhook(caller, id)
})

const listening = async (server: Server) => {
  stops.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return (server.address() as AddressInfo).port
}

const failing: [failure: string, words: RegExp, url: () => Promise<string>][] = [
  ['status', /answered 500/, async () => (await receiving(500)).url],
  ['redirect', /answered 302.*change the URL/, async () => (await receiving(302)).url],
  [
    'refused',
    /No connection/,
    async () => {
      const receiver = await webhookReceiver()
      await receiver.stop()
      return receiver.url
    },
  ],
  [
    'refused',
    /ended before/,
    async () => {
      const half = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'
      const server = createRawServer((socket) =>
        socket.on('error', () => undefined).once('data', () => socket.end(half)),
      )
      return `http://localhost:${await listening(server)}/`
    },
  ],
  [
    'tls',
    /certificate/,
    async () => {
      const { certificate, key } = selfSigned(newDataDir('webhooks'))
      const server = createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key) })
      return `https://localhost:${await listening(server)}/`
    },
  ],
  [
    'timeout',
    /within 0.3 s/,
    async () => {
      patience.milliseconds = 300
      return (await receiving((_, outgoing) => void outgoing.write('{'))).url
    },
  ],
  ['dns', /no address/, async () => 'https://nothing.invalid/'],
  [
    'blocked_address',
    /not public/,
    async () => {
      env().webhookAllowPrivate = false
      resolver.addressesOf = async () => ['10.0.0.1']
      return 'https://inside.example/'
    },
  ],
]
test.each(failing)('an endpoint that fails is tried again, and members see why: %s', async (failure, words, url) => {
  const { tries, webhookId, ...delivery } = await attempted(await url())
  expect(delivery).toMatchObject({ status: 'pending', attempts: 1, lastFailure: failure })
  expect(delivery.nextAttemptAt).not.toBeNull()
  expect(tries).toEqual([expect.objectContaining({ number: 1, failure, words: expect.stringMatching(words) })])
  expect((await readWebhook(caller, webhookId)).failingSince).not.toBeNull()
  await deleteWebhook(caller, webhookId)
})

test('an endpoint has fifteen seconds', () => {
  expect(wholePatience).toBe(15_000)
})
