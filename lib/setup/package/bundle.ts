import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Package } from './packages.ts'

/** The file of an entry in the package, without its ending. */
export function fileOf(entry: string): string {
  return entry === '.' ? 'index' : entry.slice(2)
}

/**
 * Bundles a package's entries as ES modules that share what they have in common. Third parties' code is in them, so that a
 * page without a bundler loads them as they are.
 *
 * @returns what was bundled of third parties, as folders from the root
 */
export async function bundle(
  root: string,
  { entries, commands = {}, peers = {}, node = false }: Package,
  outdir: string,
): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      ...Object.fromEntries(Object.entries(entries).map(([entry, source]) => [fileOf(entry), source])),
      ...commands,
    },
    ...{ outdir, bundle: true, splitting: true, format: 'esm', platform: 'neutral', target: 'es2022' },
    // Of an error that nobody catches Node shows the line.
    ...{ minify: true, lineLimit: 800, metafile: true, logLevel: 'warning' },
    chunkNames: 'chunks/[name]-[hash]',
    mainFields: ['module', 'main'],
    external: [...Object.keys(peers), ...(node ? ['node:*'] : [])],
  })
  const folders = Object.keys(metafile.inputs).flatMap(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
  )
  return [...new Set(folders)].sort()
}

/** The licences of what was bundled, as they ask to go along with it. */
export function licencesOf(root: string, folders: readonly string[]): string {
  return folders
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      const file = readdirSync(join(root, folder)).find((one) => /^licen[cs]e/i.test(one))
      const text = file && existsSync(join(root, folder, file)) ? readFileSync(join(root, folder, file), 'utf8') : ''
      return `${name} ${version} (${license})\n\n${text.trim()}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}
