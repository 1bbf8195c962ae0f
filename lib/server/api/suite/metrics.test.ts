import { expect, test } from 'vitest'
import { oauthOperations } from '../oauth.ts'
import { countsInRedis, expectProblem, newTenant, passkeyScopes, register, send, signIn } from './harness.ts'

type Labels = Record<string, string>
interface Sample {
  name: string
  labels: Labels
  value: number
}
interface Family {
  help: string
  type: string
  samples: Sample[]
}

/** Prometheus' text format, read as strictly as it is written down. */
function parse(text: string): Map<string, Family> {
  expect(text.endsWith('\n')).toBe(true)
  const families = new Map<string, Family>()
  let family: Family | undefined
  let familyName = ''
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const [, comment, about, rest = ''] = /^# (HELP|TYPE) ([a-z_:][a-z0-9_:]*) (.+)$/.exec(line) ?? []
    if (comment === 'HELP' && about) {
      expect(families.has(about)).toBe(false)
      family = { help: rest, type: '', samples: [] }
      familyName = about
      families.set(about, family)
    } else if (comment === 'TYPE' && family) {
      expect([about, ['counter', 'gauge', 'histogram', 'summary'].includes(rest)]).toEqual([familyName, true])
      family.type = rest
    } else {
      const [, name = '', labels = '', value = ''] =
        /^([a-z_:][a-z0-9_:]*)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (\S+)$/.exec(line) ?? []
      expect([line, name.replace(/_(?:bucket|sum|count)$/, '') === familyName || name === familyName]).toEqual([
        line,
        true,
      ])
      expect([line, /^(?:-?\d+(?:\.\d+)?(?:e[+-]\d+)?|[+-]Inf|Nan)$/.test(value)]).toEqual([line, true])
      const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', text = '']) => [
        label,
        text,
      ])
      family?.samples.push({ name, labels: Object.fromEntries(pairs), value: Number(value) })
    }
  }
  return families
}

/** Every sample of the server's, and what some of them have together. */
async function metrics() {
  const { status, text } = await send('GET', '/metrics')
  expect(status).toBe(200)
  const families = parse(text)
  const total = (name: string, wanted: Labels = {}) =>
    [...families.values()]
      .flatMap(({ samples }) => samples)
      .filter((sample) => sample.name === name)
      .filter(({ labels }) => Object.entries(wanted).every(([label, value]) => labels[label] === value))
      .reduce((all, { value }) => all + value, 0)
  return { text, families, total }
}

test('it is Prometheus’ text format, for anybody on the network and no other page, and not kept', async () => {
  const { headers, text } = await send('GET', '/metrics', { headers: { Origin: 'https://shop.example' } })
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('access-control-allow-origin')).toBeNull()
  const families = parse(text)
  for (const [name, { help, type, samples }] of families) {
    expect([name, help !== '', type !== '']).toEqual([name, true, true])
    if (/^(?:http|requests|keys|usage)_/.test(name)) expect(type === 'counter').toBe(name.endsWith('_total'))
    expect(new Set(samples.map(({ name, labels }) => JSON.stringify([name, labels]))).size).toBe(samples.length)
  }
  for (const name of ['process_cpu_seconds_total', 'process_resident_memory_bytes', 'nodejs_eventloop_lag_seconds']) {
    expect(families.get(name)?.samples).toHaveLength(1)
  }
  expect(text.includes('redis')).toBe(countsInRedis)
})

test('a request is counted and timed under its operation and status', async () => {
  const { client } = await newTenant({ scopes: ['usage:read'] })
  const before = await metrics()
  await client.tenant()
  await client.tenant()
  await client.usage()
  await client.passkeys.list().catch(() => undefined)
  const after = await metrics()
  const grown = (name: string, labels?: Labels) => after.total(name, labels) - before.total(name, labels)
  const operation = (operation: string, status: string) => grown('http_requests_total', { operation, status })
  expect(operation('tenant.read', '200')).toBeGreaterThanOrEqual(2)
  expect(operation('usage.read', '200')).toBeGreaterThanOrEqual(1)
  expect(operation('passkeys.list', '403')).toBeGreaterThanOrEqual(1)
  expect(operation('metrics.read', '200')).toBeGreaterThanOrEqual(1)
  expect(grown('http_request_duration_seconds_count', { operation: 'tenant.read' })).toBeGreaterThanOrEqual(2)
  expect(grown('http_request_duration_seconds_sum', { operation: 'tenant.read' })).toBeGreaterThan(0)
  expect(grown('usage_counted_total')).toBeGreaterThanOrEqual(4)
})

test('a histogram’s buckets are cumulative and end with all', async () => {
  await metrics()
  const { families } = await metrics()
  const { type, samples = [] } = families.get('http_request_duration_seconds') ?? {}
  expect(type).toBe('histogram')
  const of = (suffix: string, operation: string) =>
    samples.filter(({ name, labels }) => name.endsWith(suffix) && labels.operation === operation)
  const operations = new Set(samples.map(({ labels }) => labels.operation ?? ''))
  expect(operations).toContain('metrics.read')
  for (const operation of operations) {
    const buckets = of('_bucket', operation)
    const counts = buckets.map(({ value }) => value)
    expect(counts).toEqual([...counts].sort((one, other) => one - other))
    expect(buckets.at(-1)?.labels.le).toBe('+Inf')
    expect(counts.at(-1)).toBe(of('_count', operation)[0]?.value)
  }
})

test('a key that is refused is counted, and one that is missing is not', async () => {
  const { client, key, addKey } = await newTenant()
  const before = await metrics()
  for (const secret of ['nonsense', `${key.secret.slice(0, -1)}!`]) {
    const answer = await send('GET', '/v1/tenant', { headers: { 'X-API-Key': secret } })
    expectProblem(answer, [401, 'api_key_invalid'])
  }
  const revoked = await addKey('test', passkeyScopes)
  await revoked.revoke()
  await revoked.client.tenant().catch(() => undefined)
  await client.tenant()
  const after = await metrics()
  const refused = { operation: 'tenant.read', status: '401' }
  expect(after.total('keys_refused_total') - before.total('keys_refused_total')).toBeGreaterThanOrEqual(3)
  const grown = after.total('http_requests_total', refused) - before.total('http_requests_total', refused)
  expect(grown).toBeGreaterThanOrEqual(3)
})

test('a request that is limited is counted under the policy that it exceeded', async () => {
  const { key } = await newTenant()
  const limited = { policy: 'requests' }
  const before = await metrics()
  for (let index = 0; index < 100; index++) await send('GET', '/v1/tenant', { headers: { 'X-API-Key': key.secret } })
  const refused = await send('GET', '/v1/tenant', { headers: { 'X-API-Key': key.secret } })
  expectProblem(refused, [429, 'rate_limited'])
  const after = await metrics()
  const grown = (name: string, labels: Labels) => after.total(name, labels) - before.total(name, labels)
  expect(grown('requests_limited_total', limited)).toBeGreaterThanOrEqual(1)
  expect(grown('http_requests_total', { operation: 'tenant.read', status: '429' })).toBeGreaterThanOrEqual(1)
})

test('whatever is asked, labels have few values, and nobody’s id is among them', async () => {
  const { tenant, client, key, authenticator } = await newTenant({ scopes: [...passkeyScopes, 'passkeys:manage'] })
  const { user, passkey } = await register(client, authenticator, 'ada-of-metrics')
  await signIn(client, authenticator, 'ada-of-metrics')
  await client.passkeys.rename(passkey.id, 'Phone')
  const odd = `odd-${key.id}`
  for (const [method, path] of [
    ['GET', `/v1/${odd}`],
    ['GET', `/v1/passkeys/${odd}/x`],
    ['DELETE', '/v1/tenant'],
    ['OPTIONS', `/v1/passkeys/${odd}`],
    ['GET', `/.well-known/${odd}`],
    ['HEAD', '/v1/tenant'],
  ] as const) {
    await send(method, path, { headers: { 'X-API-Key': key.secret } })
  }
  const { text, families, total } = await metrics()
  const ids = [tenant.id, tenant.slug, tenant.name, key.id, key.secret, key.hint, user.id, passkey.id, odd]
  for (const id of [...ids, passkey.credentialId, 'ada-of-metrics']) expect(text).not.toContain(id)
  expect(text).not.toMatch(/tnt_|usr_|psk_|sk_test_|sk_live_|localhost|127\.0\.0\.1/)
  const operations = families.get('http_requests_total')?.samples.map(({ labels }) => labels.operation) ?? []
  const document = (await send('GET', '/v1/openapi.json')).body as { paths: Record<string, object> }
  const documented = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .map(({ operationId }) => operationId)
  const known = [...documented, ...oauthOperations.map(([, operation]) => operation)]
  expect([...new Set(operations)].filter((name) => name !== 'none' && !known.includes(name))).toEqual([])
  expect(operations).toContain('passkeys.rename')
  for (const status of ['404', '405', '204']) {
    expect(total('http_requests_total', { operation: 'none', status })).toBeGreaterThanOrEqual(1)
  }
})
