import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import { build } from 'esbuild'

/** What starts as a process or a thread of its own. Each keeps its place, since others start it by its path. */
const starts = [
  'lib/server/emulated.ts',
  'lib/server/admin.ts',
  'lib/server/skills/apart/worker.ts',
  'lib/mpc/server/main.ts',
]

/**
 * What cannot be bundled and is installed beside it: what is native, or reads files of its own; Next and its peers; and the
 * Node that all of it runs on. Everything else is in the bundle, so that little is installed, and nothing that wants a newer
 * Node than the suite's.
 */
const beside = ['@prisma/client', 'better-sqlite3', 'next', 'node', 'oidc-provider', 'pg', 'pino', 'react', 'react-dom']

/** What the build leaves behind that nothing of a running server reads. */
const unread =
  /^(?:cache|build|diagnostics|node_modules|turbopack|types|trace.*|required-server-files\.js)$|\.(?:map|nft\.json)$/

/** What of the build is text, in which names may stand. */
const texts = new Set(['.js', '.json', '.css', '.html', '.mjs', ''])

/**
 * Lays the whole server, built, into a folder from which it runs: processes bundled, since Node strips no types of what is
 * installed; pages as they were built for production; migrations.
 *
 * @returns the packages that are installed beside it, at our versions, and what was bundled, as folders from the root
 */
export async function layServer(root: string, folder: string) {
  const { dependencies: ours } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: starts,
    ...{ outbase: '.', outdir: folder, bundle: true, splitting: true, format: 'esm', platform: 'node' },
    ...{ target: 'node24', minifySyntax: true, minifyWhitespace: true, metafile: true, logLevel: 'warning' },
    chunkNames: 'chunks/[name]-[hash]',
    external: beside,
    // For what is CommonJS in it.
    banner: { js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);" },
  })
  const bundled = Object.keys(metafile.inputs).flatMap((input) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [])

  const renamed = new Map([
    ...secretsOf(join(root, '.next')).map((secret): [string, string] => [secret, another(secret)]),
    ...aliasesOf(join(root, '.next')),
    ...starts.map((file): [string, string] => [file, ended(file)]),
  ])
  const laying = { renamed, root: resolve(root) }
  copy(join(root, '.next'), join(folder, '.next'), laying)
  for (const file of Object.keys(metafile.outputs)) rewrite(join(root, file), join(root, file), laying)
  for (const database of ['auth', 'mpc'])
    for (const engine of ['sqlite', 'postgresql']) {
      const migrations = `prisma/${database}/${engine}/migrations`
      cpSync(join(root, migrations), join(folder, migrations), { recursive: true })
    }
  cpSync(join(root, 'next.config.mjs'), join(folder, 'next.config.mjs'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ private: true, type: 'module' })}\n`)

  const dependencies = Object.fromEntries(beside.map((name) => [name, ours[name]]))
  return { dependencies, bundled: [...new Set(bundled)].sort() }
}

/**
 * What a build makes up for the servers that run it: the keys of Next's previews and server actions. Whoever has a copy has
 * others.
 *
 * @throws Error where one is not where Next keeps it
 */
export function secretsOf(built: string): string[] {
  const read = (file: string) => JSON.parse(readFileSync(join(built, file), 'utf8'))
  const { previewModeId, previewModeSigningKey, previewModeEncryptionKey } = read('prerender-manifest.json').preview
  const { encryptionKey } = read('server/server-reference-manifest.json')
  const secrets = [previewModeId, previewModeSigningKey, previewModeEncryptionKey, encryptionKey]
  if (secrets.every((secret) => typeof secret === 'string' && secret.length >= 32)) return secrets
  throw new Error('Next keeps its secrets elsewhere: they must not be handed out.')
}

/** Another secret of the same kind and length. */
function another(secret: string): string {
  const encoding = /^[0-9a-f]+$/.test(secret) ? 'hex' : 'base64'
  return randomBytes(Buffer.from(secret, encoding).length).toString(encoding)
}

/** What Next leaves to be loaded from outside, by names of its own making: links beside the pages, to our packages. */
function aliasesOf(built: string): [alias: string, name: string][] {
  const folder = join(built, 'node_modules')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map(({ parentPath, name }) => {
      const link = join(parentPath, name)
      const { name: target } = JSON.parse(readFileSync(join(realpathSync(link), 'package.json'), 'utf8'))
      if (!beside.includes(target))
        throw new Error(`The pages load ${target}, which is not installed beside the server.`)
      return [relative(folder, link), target]
    })
}

interface Laying {
  renamed: ReadonlyMap<string, string>
  root: string
}

function copy(from: string, to: string, laying: Laying): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (unread.test(entry.name)) continue
    if (entry.isDirectory()) copy(source, target, laying)
    else if (texts.has(extname(entry.name))) rewrite(source, target, laying)
    else cpSync(source, target)
  }
}

/** Copies a text, without the mention of a map that stays behind, and with the names by which things are found there. */
function rewrite(from: string, to: string, { renamed, root }: Laying): void {
  let text = readFileSync(from, 'utf8').replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '\n')
  for (const [name, other] of renamed) text = text.replaceAll(name, other)
  text = withoutRoot(text, root)
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, text)
}

/** A text without the folder in which it was built, which is nobody's business, where that begins a path. */
export function withoutRoot(text: string, root: string): string {
  return text.replace(new RegExp(`(?<![\\w.)\\]-])${RegExp.escape(root)}(?![\\w.-])`, 'g'), '.')
}

function ended(file: string): string {
  return file.replace(/\.ts$/, '.js')
}
