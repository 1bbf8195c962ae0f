import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const ours = '^(?:app|components|e2e|lib|pages|prisma)/'
/** Tests and tooling reach what they test and set up. */
const outside = ['\\.test\\.tsx?$', '^lib/server/api/suite/', '^lib/setup/']

/** Each part of the code, and what of ours it may reach besides itself. */
const mayReach: Record<string, string[]> = {
  app: ['components', 'lib/server', 'lib/contract'],
  // Those of Next's other router, which can leave its script out: the documentation.
  pages: ['app', 'components', 'lib/server', 'lib/contract'],
  components: ['lib/sdk', 'lib/contract', 'lib/webauthn'],
  'lib/foundation': ['lib/contract'],
  'lib/server': ['lib/foundation', 'lib/contract', 'lib/mpc/proto', 'lib/webauthn', 'prisma'],
  'lib/mpc/proto': [],
  'lib/mpc/protocol': [],
  'lib/mpc/server': ['lib/mpc/proto', 'lib/mpc/protocol', 'lib/foundation', 'lib/contract', 'prisma'],
  'lib/sdk': ['lib/contract', 'lib/mpc/proto', 'lib/mpc/protocol'],
  'lib/contract': ['lib/webauthn'],
  'lib/webauthn': [],
  'lib/testing': ['lib/sdk', 'lib/contract', 'lib/webauthn'],
  e2e: ['lib/sdk', 'lib/testing', 'lib/setup'],
  prisma: [],
}

/** What of the contract a browser may load and not only take types from: tables, patterns and rules, no schema. */
const withoutSchemas =
  '^lib/contract/(?:address-range|api-key-format|brand-colors|error-entries|error-entries/[a-z]+|errors|hand-off-life|latest-moment|most-counted|mpc-operations|oauth-resources|oauth-scopes|operation-errors|operations|outcomes|packages|roles|rp-id|scopes|success-rate|token|username-shape|webhook-event-types)\\.ts$'

/** Every folder of the server but those two is a domain. */
const domain = '^lib/server/(?!(?:api|db)/)([a-z-]+)/'
const stores = '^lib/server/.+/store\\.ts$'
const packages = (...names: string[]) => names.map((name) => `node_modules/${name}/`)

const forbidden: IForbiddenRuleType[] = [
  ...Object.entries(mayReach).map(([part, parts]) => ({
    name: `${part} reaches ${parts.join(', ') || 'nothing of ours'}`,
    severity: 'error' as const,
    from: { path: `^${part}/`, pathNot: outside },
    to: { path: ours, pathNot: [part, ...parts].map((name) => `^${name}(?:/|\\.)`).concat('\\.(?:css|svg|json)$') },
  })),
  {
    name: 'only stores open the database',
    severity: 'error',
    from: {
      path: '^(?:app|components|lib|e2e|pages)/',
      pathNot: [
        ...outside,
        '/store\\.ts$',
        '^lib/server/(?:db/|(?:main|admin|root-secret)\\.ts$)',
        '^lib/mpc/server/(?:db/|(?:main|secret)\\.ts$)',
      ],
    },
    to: { path: ['^lib/(?:mpc/)?server/db/', '^prisma/'] },
  },
  {
    name: 'a domain leaves other domains’ stores alone',
    severity: 'error',
    from: { path: domain, pathNot: outside },
    to: { path: stores, pathNot: '^lib/server/$1/' },
  },
  {
    name: 'only domains know their stores',
    severity: 'error',
    from: { path: '^(?:app|components|e2e|lib|pages)/', pathNot: [...outside, domain] },
    to: { path: stores },
  },
  {
    name: 'the server knows no Next and no React',
    severity: 'error',
    from: { path: '^lib/', pathNot: [...outside, '^lib/server/main\\.ts$'] },
    to: { path: packages('next', 'react', 'react-dom', '@types/react', '@types/react-dom') },
  },
  {
    name: 'the browser bundles no schema library',
    severity: 'error',
    from: { path: ['^(?:components|lib/sdk|lib/webauthn)/', withoutSchemas], pathNot: outside },
    to: {
      path: [...packages('zod'), '^lib/contract/'],
      pathNot: withoutSchemas,
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'the protocol stands on cryptography alone',
    severity: 'error',
    from: { path: '^lib/mpc/protocol/', pathNot: outside },
    to: { pathNot: ['^lib/mpc/protocol/', ...packages('@noble/[a-z]+', '@hpke/core', '@scure/[a-z]+')] },
  },
  { name: 'no import leads back to its module', severity: 'error', from: {}, to: { circular: true } },
]

async function cruised(directory: string, parts: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(parts, {
    baseDir: directory,
    ruleSet: { forbidden },
    validate: true,
    parser: 'swc',
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: ['node_modules', '^prisma/[a-z]+/[a-z]+/generated'] },
    exclude: { path: ['^\\.next/'] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      conditionNames: ['import', 'types', 'default'],
    },
    moduleSystems: ['es6'],
  })
  return output as ICruiseResult
}

function broken({ summary }: ICruiseResult): string[] {
  return summary.violations
    .filter(({ rule }) => rule.severity === 'error')
    .map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`)
}

/** What of the library no module names but those, since it knows a key whole. */
const keptApart: Record<string, string[]> = { trustedDealer: [], combineSecret: ['lib/sdk/mpc/take-out.ts'] }

function naming(directory: string, { modules }: ICruiseResult): string[] {
  const own = modules.map(({ source }) => source).filter((source) => new RegExp(ours).test(source))
  return own.flatMap((file) => {
    if (file === 'lib/boundaries.test.ts') return []
    const text = readFileSync(join(directory, file), 'utf8')
    const named = Object.keys(keptApart).filter((word) => text.includes(word) && !keptApart[word]?.includes(file))
    return named.map((word) => `${file} names ${word}`)
  })
}

const whole = cruised(root, ['app', 'components', 'e2e', 'lib', 'pages', 'prisma'])

test('every module was read', async () => {
  const { modules } = await whole
  const edge = (from: string, to: string) =>
    modules.find(({ source }) => source === from)?.dependencies.find(({ resolved }) => resolved === to)
  expect(modules.filter(({ source }) => /^(?:app|components|lib)\//.test(source)).length).toBeGreaterThan(150)
  expect(edge('lib/server/keys/keys.ts', 'lib/server/keys/store.ts')).toBeDefined()
  expect(edge('lib/server/keys/store.ts', 'lib/server/db/database.ts')).toBeDefined()
  expect(edge('lib/server/keys/fields.ts', 'lib/contract/scopes.ts')).toBeDefined()
  expect(edge('components/playground/client-of.ts', 'lib/sdk/client.ts')).toBeDefined()
  expect(edge('lib/sdk/resources/passkeys.ts', 'lib/contract/passkeys.ts')?.dependencyTypes).toContain('type-only')
  expect(
    edge('lib/contract/usage.ts', modules.find(({ source }) => /node_modules\/zod\//.test(source))?.source ?? ''),
  ).toBeDefined()
  const unresolved = modules.filter(({ source, couldNotResolve }) => couldNotResolve && /^[.#]/.test(source))
  expect(unresolved.map(({ source }) => source)).toEqual([])
})

test('every module keeps to what it may import', async () => {
  expect(broken(await whole)).toEqual([])
})

test('a key is put together in one module alone, and dealt out by none', async () => {
  expect(naming(root, await whole)).toEqual([])
  expect(readFileSync(join(root, 'lib/sdk/mpc/take-out.ts'), 'utf8')).toContain('combineSecret')

  const { directory, write } = emptyProject()
  write('lib/sdk/mpc/take-out.ts', 'export const whole = (frost) => frost.combineSecret([], {})')
  write('lib/sdk/mpc/keys.ts', "export const { combineSecret: whole } = await import('@noble/curves/ed25519.js')")
  write('lib/mpc/server/a.test.ts', "export const dealt = (frost) => frost['trustedDealer']({ min: 2, max: 3 })")
  const found = naming(directory, await cruised(directory, ['lib']))
  expect(found.sort()).toEqual([
    'lib/mpc/server/a.test.ts names trustedDealer',
    'lib/sdk/mpc/keys.ts names combineSecret',
  ])
  rmSync(directory, { recursive: true })
})

/** A module for each rule that breaks it, beside the same import where it is allowed. */
const planted: [rule: string, from: string, to: string, statement?: string][] = [
  ['app reaches', 'app/page.tsx', 'lib/sdk/client.ts'],
  ['pages reaches', 'pages/a.tsx', 'lib/sdk/client.ts'],
  ['components reaches', 'components/a.tsx', 'lib/server/env.ts'],
  ['lib/server reaches', 'lib/server/a.ts', 'lib/sdk/client.ts'],
  ['lib/server reaches', 'lib/server/b.ts', 'components/x.ts'],
  ['lib/mpc/server reaches', 'lib/mpc/server/a.ts', 'lib/server/env.ts'],
  ['lib/server reaches', 'lib/server/e.ts', 'lib/mpc/server/env.ts'],
  ['lib/foundation reaches', 'lib/foundation/a.ts', 'lib/server/env.ts'],
  ['lib/sdk reaches', 'lib/sdk/a.ts', 'lib/webauthn/options.ts'],
  ['lib/contract reaches', 'lib/contract/a.ts', 'lib/server/env.ts'],
  ['lib/webauthn reaches nothing', 'lib/webauthn/a.ts', 'lib/contract/errors.ts'],
  ['lib/testing reaches', 'lib/testing/a.ts', 'lib/server/env.ts'],
  ['e2e reaches', 'e2e/a.ts', 'lib/server/env.ts'],
  ['cryptography alone', 'lib/mpc/protocol/a.ts', 'node_modules/zod/index.js', "import 'zod'"],
  ['cryptography alone', 'lib/mpc/protocol/b.ts', 'fs', "import 'node:fs'"],
  ['only stores open the database', 'lib/server/keys/a.ts', 'lib/server/db/database.ts'],
  ['only stores open the database', 'lib/mpc/server/keys/a.ts', 'lib/mpc/server/db/database.ts'],
  ['other domains’ stores', 'lib/server/keys/b.ts', 'lib/server/usage/store.ts'],
  ['other domains’ stores', 'lib/server/keys/c.ts', 'lib/server/usage/part/store.ts'],
  ['only domains know their stores', 'lib/server/api/a.ts', 'lib/server/usage/store.ts'],
  ['no Next and no React', 'lib/server/c.ts', 'node_modules/next/index.js', "import 'next'"],
  ['no Next and no React', 'lib/server/d.ts', 'node_modules/react/index.js', "import type {} from 'react'"],
  ['no schema library', 'lib/sdk/b.ts', 'lib/contract/usage.ts'],
  ['no schema library', 'components/b.ts', 'node_modules/zod/index.js', "import 'zod'"],
  ['no schema library', 'lib/contract/scopes.ts', 'node_modules/zod/index.js', "import 'zod'"],
  ['no schema library', 'lib/contract/token.ts', 'lib/contract/usage.ts'],
]

function emptyProject() {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'boundaries-')))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(directory, file)), { recursive: true })
    writeFileSync(join(directory, file), text)
  }
  write('package.json', JSON.stringify({ type: 'module' }))
  return { directory, write }
}

test('a module that breaks a rule is found, and the same import where it is allowed is not', async () => {
  const { directory, write } = emptyProject()
  const up = (from: string, to: string) => `${'../'.repeat(from.split('/').length - 1)}${to}`
  for (const [, , to] of planted) {
    write(to, 'export const value = 1\n')
    if (to.startsWith('node_modules/')) write(`${dirname(to)}/package.json`, JSON.stringify({ main: 'index.js' }))
  }
  for (const [, from, to, statement = `import { value } from '${up(from, to)}'\nvalue`] of planted)
    write(from, statement)
  const allowed: [from: string, to: string, statement?: string][] = [
    ['components/good.ts', 'lib/sdk/client.ts'],
    ['components/table.ts', 'lib/contract/errors.ts'],
    ['lib/contract/good.ts', 'node_modules/zod/index.js', "import 'zod'"],
    ['lib/mpc/protocol/good.ts', 'node_modules/@noble/curves/ed25519.js', "import '@noble/curves/ed25519.js'"],
    ['lib/mpc/protocol/a.test.ts', 'fs', "import 'node:fs'"],
    ['lib/server/usage/good.ts', 'lib/server/usage/store.ts'],
    ['lib/server/keys/store.ts', 'lib/server/db/database.ts'],
    ['lib/server/keys/b.test.ts', 'lib/server/usage/store.ts'],
    ['lib/server/main.ts', 'node_modules/next/index.js', "import 'next'"],
    [
      'lib/sdk/good.ts',
      'lib/contract/usage.ts',
      "import type { value } from '../contract/usage.ts'\nexport type X = typeof value",
    ],
  ]
  write('node_modules/@noble/curves/ed25519.js', 'export {}')
  for (const [from, to, statement = `import { value } from '${up(from, to)}'\nvalue`] of allowed) write(from, statement)

  const found = broken(await cruised(directory, ['app', 'components', 'e2e', 'lib', 'pages']))
  for (const [rule, from, to] of planted) {
    expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${from} → ${to}: .*${rule}`)))
  }
  for (const [from] of allowed) expect(found).not.toContainEqual(expect.stringContaining(`${from} →`))
  rmSync(directory, { recursive: true })
})

test('a circle of imports is found, of types alone and among tooling too, and two ways to one module are none', async () => {
  const { directory, write } = emptyProject()
  const imports = (from: string, ...to: string[]) =>
    write(from, to.map((name) => `import { value as ${name} } from './${name}.ts'\n${name}\n`).join(''))
  imports('lib/webauthn/a.ts', 'b')
  imports('lib/webauthn/b.ts', 'c')
  imports('lib/webauthn/c.ts', 'a')
  write('lib/contract/a.ts', "import { value } from './b.ts'\nexport interface A {}\nvalue")
  write('lib/contract/b.ts', "import type { A } from './a.ts'\nexport const value: A = {}")
  write('lib/setup/a.ts', "export { value } from './b.ts'")
  write('lib/setup/b.ts', "export const value = () => import('./a.ts')")
  imports('lib/sdk/a.ts', 'b', 'c')
  imports('lib/sdk/b.ts', 'd')
  imports('lib/sdk/c.ts', 'd')
  write('lib/sdk/d.ts', 'export const value = 1')

  const found = broken(await cruised(directory, ['lib']))
  const inside = (folder: string) => found.filter((line) => line.startsWith(`lib/${folder}/`))
  for (const folder of ['webauthn', 'contract', 'setup']) {
    expect(inside(folder)).toEqual([expect.stringContaining('no import leads back')])
  }
  expect(inside('sdk')).toEqual([])
  rmSync(directory, { recursive: true })
})
