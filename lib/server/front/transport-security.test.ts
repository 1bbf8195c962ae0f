import { expect, test, vi } from 'vitest'
import { serve } from '../../setup/serve.ts'

// A server takes about a second to start on a quiet machine.
vi.setConfig({ testTimeout: 60_000 })

const asked: [method: string, path: string][] = [
  ['GET', '/livez'],
  ['GET', '/v1/tenant'],
  ['GET', '/v1/nothing'],
  ['POST', '/oauth/token'],
  ['GET', '/playground'],
  ['GET', '/nothing'],
  ['POST', '/playground'],
]

test.each([
  ['start', 'https://auth.example', 'max-age=31536000'],
  ['next', 'https://auth.example', 'max-age=31536000'],
  ['start', 'http://auth.example', null],
  ['next', 'http://auth.example', null],
] as const)('%s: answers of a server at %s carry Strict-Transport-Security %s', async (mount, BASE_URL, expected) => {
  const server = await serve(mount, { BASE_URL })
  const said = asked.map(async ([method, path]) => {
    const { headers } = await fetch(`${server.baseUrl}${path}`, { method })
    return [method, path, headers.get('strict-transport-security')]
  })
  expect(await Promise.all(said)).toEqual(asked.map((request) => [...request, expected]))
  await server.stop()
})
