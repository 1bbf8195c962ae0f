import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './preparation.ts'

const version = '20.20.2'
const [platform, arch] = [process.platform === 'win32' ? 'win' : process.platform, process.arch]
const build = `node-${platform}-${arch}`
const file = process.platform === 'win32' ? 'node.exe' : 'node'

/**
 * The oldest Node that packages are for: the machine's own where it is one, else npm's build of it, which stays for the next
 * time.
 *
 * @throws Error with npm's words where it cannot be had
 */
export function node20(): string {
  const machines = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, file))
  const cache = join(root, 'node_modules/.cache/node-20')
  const fetched = join(cache, 'node_modules', build, 'bin', file)
  const found = [...machines, fetched].find((node) => existsSync(node) && isNode20(node))
  if (found) return found
  mkdirSync(cache, { recursive: true })
  const args = ['install', '--prefix', cache, '--no-save', '--no-audit', '--no-fund', `${build}@${version}`]
  const { stderr } = spawnSync('npm', args, { encoding: 'utf8' })
  if (!isNode20(fetched)) throw new Error(`Node 20 is neither on the path nor to be had from npm:\n${stderr}`)
  return fetched
}

function isNode20(node: string): boolean {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v20.') ?? false
}
