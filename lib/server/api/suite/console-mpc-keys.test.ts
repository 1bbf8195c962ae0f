import { expect, test } from 'vitest'
import { newConsole } from './console-harness.ts'
import { baseUrl, refusal, refusedWith, request } from './harness.ts'

// With a server to ask: lib/server/api/console-mpc-keys.test.ts.

test('where there is no MPC server, a member is told what to do about it, and the rest of the Console works', async () => {
  const { client } = await newConsole()
  const { status, code, detail } = await refusal(client.mpcKeys.list({ environment: 'test' }))
  expect([status, code, detail]).toEqual([503, 'unavailable', expect.stringContaining('MPC=on')])
  for (const call of [client.mpcKeys.read, client.mpcKeys.freeze]) {
    expect(await refusedWith(call('x', 'test'))).toEqual([404, 'not_found'])
  }
  expect((await client.keys.list('test')).data).toEqual([])
  const visitor = await request(`${baseUrl}/console/api/mpc-keys`)
  expect([visitor.status, (await visitor.json()).code]).toEqual([401, 'session_required'])
})
