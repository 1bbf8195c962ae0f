import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bundle, fileOf, licencesOf } from './bundle.ts'
import { declarations, targetOf } from './declarations.ts'
import type { Package } from './packages.ts'

/**
 * Builds a package and packs it: `<file>.tgz` in a folder, which takes the place of an earlier one when it is whole.
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
    for (const [file, text] of declarations(root, Object.values(one.entries))) write(file, text)
    write('package.json', `${JSON.stringify(manifest(root, one), null, 2)}\n`)
    write('THIRD-PARTY-LICENSES', licencesOf(root, bundled))
    copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
    copyFileSync(join(root, one.readme), join(folder, 'README.md'))
    const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts'], { cwd: folder, encoding: 'utf8' })
    const [{ filename }] = JSON.parse(said)
    mkdirSync(into, { recursive: true })
    // Another file system may hold the temporary folder.
    copyFileSync(join(folder, filename), join(into, `${one.file}.tgz.new`))
    renameSync(join(into, `${one.file}.tgz.new`), join(into, `${one.file}.tgz`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function manifest(root: string, { name, description, keywords, entries, peers }: Package): object {
  const { version, license, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const exported = Object.entries(entries).map(([entry, source]) => [
    entry,
    { types: `./${targetOf(root, join(root, source))}`, default: `./${fileOf(entry)}.js` },
  ])
  return {
    ...{ name, version, description, keywords, license, type: 'module', sideEffects: false, engines },
    exports: { ...Object.fromEntries(exported), './package.json': './package.json' },
    files: ['*.js', 'chunks', 'types', 'THIRD-PARTY-LICENSES'],
    ...(peers ? { peerDependencies: peers } : {}),
  }
}
