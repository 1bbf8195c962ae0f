import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EnvError, parseEnv } from './env.ts'

function complaint(variables: Record<string, string>): string {
  try {
    parseEnv(variables)
  } catch (error) {
    if (error instanceof EnvError) return error.message
    throw error
  }
  throw new Error('The settings were expected to be refused, and were not.')
}

test('nothing needs to be set', () => {
  expect(parseEnv({})).toEqual({
    port: 3000,
    host: undefined,
    baseUrl: 'http://localhost:3000',
    dataDir: resolve('.data'),
    database: { engine: 'sqlite', file: resolve('.data/playground.db') },
    rootSecret: undefined,
    redisUrl: undefined,
    workers: 1,
    trustedProxies: [],
    demo: true,
    mpc: true,
    mpcPort: 4001,
    mpcUrls: { live: ['http://localhost:4001'], test: ['http://localhost:4001'] },
    webhookAllowPrivate: false,
    logLevel: 'warn',
    logRetentionDays: 7,
    logMaxRows: 1_000_000,
  })
})

test('a variable that is set to nothing is as one that is not set', () => {
  expect(parseEnv({ PORT: '', BASE_URL: '', DATA_DIR: '', ROOT_SECRET: '', DEMO: '' })).toEqual(parseEnv({}))
})

test('the base URL follows the port, unless it is set', () => {
  expect(parseEnv({ PORT: '8080' }).baseUrl).toBe('http://localhost:8080')
  expect(parseEnv({ PORT: '8080', BASE_URL: 'https://auth.example/' }).baseUrl).toBe('https://auth.example')
  expect(parseEnv({ BASE_URL: 'HTTPS://Auth.Example:443' }).baseUrl).toBe('https://auth.example')
})

test('it listens everywhere, unless it is told where', () => {
  for (const host of ['127.0.0.1', '::1', 'localhost', 'auth-1.internal']) {
    expect(parseEnv({ HOST: host })).toMatchObject({ host, baseUrl: 'http://localhost:3000' })
  }
})

test('the database is in the data directory, unless it is set', () => {
  expect(parseEnv({ DATA_DIR: '/srv/data' }).database).toEqual({ engine: 'sqlite', file: '/srv/data/playground.db' })
  expect(parseEnv({ DATA_DIR: '/srv/data', DATABASE_URL: 'file:/srv/x.db' }).database).toEqual({
    engine: 'sqlite',
    file: '/srv/x.db',
  })
})

test('a Redis URL is kept whole, its scheme in small letters', () => {
  const url = 'rediss://user:p%40ss@redis.example:6380/2'
  expect(parseEnv({ REDIS_URL: url }).redisUrl).toBe(url)
  expect(parseEnv({ REDIS_URL: url.replace('rediss', 'REDISS') }).redisUrl).toBe(url)
})

test('an MPC server is started beside it and called there, unless it is left out or stands elsewhere', () => {
  const both = (at: string[]) => ({ live: at, test: at })
  expect(parseEnv({ MPC_PORT: '4100' })).toMatchObject({ mpc: true, mpcUrls: both(['http://localhost:4100']) })
  expect(parseEnv({ MPC: 'off' })).toMatchObject({ mpc: false, mpcUrls: both([]) })
  const urls = ['https://mpc-1.example', 'http://10.0.0.2:4001']
  expect(parseEnv({ MPC_URL: urls.join(', ') })).toMatchObject({ mpc: false, mpcUrls: both(urls) })
  expect(parseEnv({ MPC: 'on', MPC_URL: urls[0] })).toMatchObject({ mpc: true, mpcUrls: both(urls.slice(0, 1)) })
  const [live, test] = urls.map((url) => [url])
  expect(parseEnv({ MPC_URL: urls[0], MPC_TEST_URL: urls[1] }).mpcUrls).toEqual({ live, test })
  expect(complaint({ MPC: 'maybe', MPC_PORT: '0', MPC_URL: 'ftp://mpc' })).toBe(
    'These settings are not valid:\n  MPC must be on or off\n  MPC_PORT must be between 1 and 65535\n  MPC_URL must be an http(s) URL',
  )
})

test('the demo is on where nobody else can come, and wherever it is asked for', () => {
  expect(parseEnv({ BASE_URL: 'http://127.0.0.1:3000' }).demo).toBe(true)
  expect(parseEnv({ BASE_URL: 'http://[::1]:3000' }).demo).toBe(true)
  expect(parseEnv({ BASE_URL: 'https://auth.example' }).demo).toBe(false)
  expect(parseEnv({ BASE_URL: 'https://localhost.example' }).demo).toBe(false)
  expect(parseEnv({ DATABASE_URL: 'file:/srv/x.db' }).demo).toBe(false)
  expect(parseEnv({ BASE_URL: 'https://auth.example', DEMO: 'on' }).demo).toBe(true)
  for (const off of ['off', 'false', '0']) expect(parseEnv({ DEMO: off }).demo).toBe(false)
})

describe('a setting is refused by name, without its value:', () => {
  test.each([
    ['HOST', ['127.0.0.1:3000', '[::1]', 'http://localhost', 'a b', '-localhost', '*']],
    ['PORT', ['0', '65536', '3000a', '-1', '3e3', ' 3000', '0x50']],
    [
      'BASE_URL',
      [
        'auth.example',
        'ftp://auth.example',
        'https://auth.example/path',
        'https://u:p@auth.example',
        'https://auth.example?x',
        'https://auth.example#x',
      ],
    ],
    ['WORKERS', ['0', 'all', '129', '1.5']],
    ['DATABASE_URL', ['postgres://db', 'file:', '/srv/x.db']],
    ['ROOT_SECRET', ['x'.repeat(31)]],
    ['TRUSTED_PROXIES', ['nearby', '10.0.0.0/33', '10.0.0.0/8, x', '2001:db8::/129']],
    [
      'REDIS_URL',
      ['localhost:6379', 'http://localhost:6379', 'redis:localhost', 'rediss:///0', 'redis://:p%zz@localhost'],
    ],
    ['DEMO', ['yes', 'ON!', 'maybe']],
    ['LOG_LEVEL', ['loud', 'trace']],
    ['LOG_RETENTION_DAYS', ['-1', '366', 'a week']],
    ['LOG_MAX_ROWS', ['999', '1e6', '1000000001']],
  ])('%s', (name, values) => {
    for (const value of values) {
      const message = complaint({ [name]: value })
      expect(message).toMatch(new RegExp(`^  ${name} must `, 'm'))
      if (value.length > 5) expect(message).not.toContain(value)
    }
  })

  test('all that are wrong at once', () => {
    const message = complaint({ PORT: 'x', ROOT_SECRET: 'short', DEMO: 'perhaps' })
    for (const name of ['PORT', 'ROOT_SECRET', 'DEMO']) expect(message).toContain(`  ${name} `)
  })
})

test('private addresses are called only from a server on localhost', () => {
  const on = { WEBHOOK_ALLOW_PRIVATE: 'on' }
  for (const local of [{}, { BASE_URL: 'http://127.0.0.1:3000' }, { BASE_URL: 'http://[::1]' }]) {
    expect(parseEnv({ ...on, ...local }).webhookAllowPrivate).toBe(true)
  }
  const away = { BASE_URL: 'https://auth.example' }
  expect(complaint({ ...on, ...away })).toContain('WEBHOOK_ALLOW_PRIVATE may be on only where BASE_URL is on localhost')
  expect(parseEnv({ WEBHOOK_ALLOW_PRIVATE: 'off', ...away }).webhookAllowPrivate).toBe(false)
})
