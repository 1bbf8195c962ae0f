import { beforeAll, expect, test } from 'vitest'
import { preparePackages } from '../../../setup/preparation.ts'
import { baseUrl, expectProblem, mount, request, send } from './harness.ts'

beforeAll(preparePackages, 300_000)

test('what can be installed is listed, with the command that does it from here', async () => {
  const { status, body } = await send('GET', '/downloads')
  expect(status).toBe(200)
  const sdk = body.data.find(({ file }: { file: string }) => file === 'sdk.tgz')
  expect(sdk).toEqual({
    file: 'sdk.tgz',
    bytes: expect.any(Number),
    install: `npm install ${baseUrl}/downloads/sdk.tgz`,
  })
  for (const { file, bytes } of body.data) {
    const answer = await request(`${baseUrl}/downloads/${file}`)
    expect((await answer.arrayBuffer()).byteLength).toBe(bytes)
    expect(answer.headers.get('content-type')).toBe(file.endsWith('.whl') ? 'application/zip' : 'application/gzip')
  }
})

test('a package has its length and an ETag, by which it is not sent again', async () => {
  const whole = await request(`${baseUrl}/downloads/sdk.tgz`)
  const bytes = new Uint8Array(await whole.arrayBuffer())
  expect([...bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b])
  const tag = whole.headers.get('etag') ?? ''
  expect(tag).toMatch(/^"[^"]+"$/)
  // Next takes the length from every route handler's answer, and sends it in pieces.
  const length = mount === 'next' ? null : String(bytes.length)
  expect(whole.headers.get('content-length')).toBe(length)
  expect(whole.headers.get('content-disposition')).toContain('sdk.tgz')
  expect(whole.headers.get('x-content-type-options')).toBe('nosniff')

  const head = await request(`${baseUrl}/downloads/sdk.tgz`, { method: 'HEAD' })
  expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, tag, ''])
  expect(head.headers.get('content-length')).toBe(length)

  const again = await request(`${baseUrl}/downloads/sdk.tgz`, { headers: { 'If-None-Match': tag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const other = await request(`${baseUrl}/downloads/sdk.tgz`, { headers: { 'If-None-Match': '"other"' } })
  expect(other.status).toBe(200)
  await other.arrayBuffer()
})

test.each([
  '/downloads/nothing.tgz',
  '/downloads/sdk.tgz.new',
  '/downloads/.stamp',
  '/downloads/..%2f..%2fpackage.json',
  '/downloads/..%2F..%2F..%2Fetc%2Fpasswd',
  '/downloads/%2e%2e%2fpackages%2fsdk.tgz',
  '/downloads/sdk.tgz%00',
  '/downloads/..%5csdk.tgz',
  '/downloads/packages/sdk.tgz',
])('%s is not handed out', async (path) => {
  expectProblem(await send('GET', path), [404, 'not_found'])
})

test('one that is not built is a problem that says what to do', async () => {
  const { body } = await send('GET', '/downloads/missing-0.1.0-py3-none-any.whl')
  expect(body.detail).toContain('npm run package')
})

test('nothing is taken', async () => {
  for (const method of ['POST', 'PUT', 'DELETE']) {
    expectProblem(await send(method, '/downloads/sdk.tgz'), [405, 'method_not_allowed'])
  }
})
