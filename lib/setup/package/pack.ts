import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bundle, fileOf, licencesOf } from './bundle.ts'
import { declarations, targetOf } from './declarations.ts'
import type { Package } from './packages.ts'
import { layServer } from './server.ts'

/**
 * Builds a package and packs it: `<file>.tgz` in a folder. A server in it hands out what is in that folder already.
 *
 * It is ESM only: Node 20.19 and later, bundlers and browsers all load that, and a second copy would make two of each
 * error's class.
 */
export async function pack(root: string, one: Package, into: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `package-${one.file}-`))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  try {
    const bundled = await bundle(root, one, folder)
    const types = declarations(root, Object.values(one.entries), Object.keys(one.peers ?? {}))
    for (const [file, text] of types) write(file, text)
    const server = one.server ? await layServer(root, join(folder, 'server')) : undefined
    if (server) cpSync(into, join(folder, 'server/dist/packages'), { recursive: true })
    write('package.json', `${JSON.stringify(manifest(root, one, server?.dependencies), null, 2)}\n`)
    const parts = new Set([...bundled, ...(server?.bundled ?? [])])
    write('THIRD-PARTY-LICENSES', licencesOf(root, [...parts].sort()))
    copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
    copyFileSync(join(root, one.readme), join(folder, 'README.md'))
    const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts'], { cwd: folder, encoding: 'utf8' })
    const [{ filename }] = JSON.parse(said)
    copyFileSync(join(folder, filename), join(into, `${one.file}.tgz`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function manifest(root: string, one: Package, dependencies?: Record<string, string>): object {
  const { name, description, keywords, entries, commands, peers, optionalPeers = [] } = one
  const { version, license, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const exported = Object.entries(entries).map(([entry, source]) => [
    entry,
    { types: `./${targetOf(root, join(root, source))}`, default: `./${fileOf(entry)}.js` },
  ])
  return {
    ...{ name, version, description, keywords, license, type: 'module', sideEffects: false, engines },
    exports: { ...Object.fromEntries(exported), './package.json': './package.json' },
    ...(commands ? { bin: Object.fromEntries(Object.keys(commands).map((name) => [name, `./${name}.js`])) } : {}),
    files: ['*.js', 'chunks', 'types', 'server', 'THIRD-PARTY-LICENSES'],
    ...(dependencies ? { dependencies } : {}),
    ...(peers ? { peerDependencies: peers } : {}),
    ...(optionalPeers.length > 0
      ? { peerDependenciesMeta: Object.fromEntries(optionalPeers.map((peer) => [peer, { optional: true }])) }
      : {}),
  }
}
