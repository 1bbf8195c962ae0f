import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DockerfileParser, type Instruction } from 'dockerfile-ast'
import { root } from '../preparation.ts'
import { freePort } from '../serve.ts'

// npm run image: carries deploy/Dockerfile out without Docker, on Linux as root: the steps of its first stage in a clean folder
// that has what git has, what its second stage copies in another, both seen as /app; then starts what it starts, as its user,
// on a root that is only read, and asks what its health check asks.

const user = 10_001
const patience = 60_000
const instructions = DockerfileParser.parse(readFileSync(join(root, 'deploy/Dockerfile'), 'utf8')).getInstructions()
const second = instructions.findLastIndex((one) => one.getKeyword() === 'FROM')
const of = (one: Instruction) => one.getArgumentsContent() ?? ''

const folder = mkdtempSync(join(tmpdir(), 'playground-image-'))
const [context, build, image] = [join(folder, 'context'), join(folder, 'build'), join(folder, 'image')]
// The version that the image begins with.
const bin = join(root, 'node_modules/node/bin')
const isOurs = !existsSync('/app')
if (isOurs) mkdirSync('/app')
try {
  await rehearse()
} finally {
  rmSync(folder, { recursive: true, force: true })
  if (isOurs) rmdirSync('/app')
}

async function rehearse(): Promise<void> {
  for (const one of [context, build, image]) mkdirSync(one)
  execFileSync('sh', ['-c', `git -C ${root} archive HEAD | tar -x -C ${context}`])
  for (const one of instructions.slice(0, second)) carryOut(one)
  for (const one of instructions.slice(second)) if (one.getKeyword() === 'COPY') copyFromBuild(of(one))
  say(`the image has ${execFileSync('du', ['-sh', image], { encoding: 'utf8' }).split('\t')[0]} beside Node’s own`)
  const check = JSON.parse(/\[.*\]/s.exec(of(only('HEALTHCHECK')))?.[0] ?? '') as string[]
  await started(JSON.parse(of(only('CMD'))), { MPC: 'off' }, (settings) => run(check, settings) === 0)
  say('the MPC server')
  const mpc = '--max-semi-space-size=4 --max-old-space-size=512 lib/mpc/server/main.ts'.split(' ')
  await started(['node', ...mpc], {}, (_settings, output) => output.includes('is ready'))
}

/** A step of the first stage. */
function carryOut(one: Instruction): void {
  const words = of(one)
  if (one.getKeyword() === 'COPY') {
    const [from, to = ''] = [words.split(' ').slice(0, -1), words.split(' ').at(-1)]
    for (const name of from)
      execFileSync('cp', ['-a', name === '.' ? `${context}/.` : join(context, name), join(build, to)])
  }
  if (one.getKeyword() !== 'RUN') return
  say(`RUN ${words}`)
  const { status } = inside(build, ['sh', '-c', words], settingsOf(instructions.slice(0, second)))
  if (status !== 0) throw new Error(`RUN ${words} ended with ${status}.`)
}

function copyFromBuild(words: string): void {
  const names = words.split(' ').filter((word) => !word.startsWith('--'))
  const to = join(image, names.pop() ?? '')
  for (const name of names) execFileSync('cp', ['-a', join(build, name.replace('/app/', '')), to])
}

/** Starts a command as the image does, waits until it is well, ends it, and sees that it ends well. */
async function started(
  command: string[],
  more: Record<string, string>,
  isWell: (settings: Record<string, string>, output: string) => boolean,
): Promise<void> {
  const data = mkdtempSync(join(folder, 'data-'))
  execFileSync('chown', [`${user}:${user}`, data])
  const [port, mpcPort] = [String(await freePort()), String(await freePort())]
  const settings = {
    ...settingsOf(instructions.slice(second)),
    PORT: port,
    MPC_PORT: mpcPort,
    DATA_DIR: '/mnt',
    ...more,
  }
  const child = spawn('unshare', asUser(command, data), {
    env: surroundings(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  let code: number | null = null
  try {
    const deadline = Date.now() + patience
    while (!isWell(settings, output)) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`${command.join(' ')} is not well:\n${output}`)
      await delay(250)
    }
    say(`well as user ${user}, on a root that is only read: ${command.join(' ')}`)
  } finally {
    code = await ended(child)
  }
  say(`ended with ${code}`)
  if (code !== 0 || /EROFS|read-only|EACCES/i.test(output))
    throw new Error(`It did not end well, or wanted to write:\n${output}`)
}

/** Carries a command out beside what was started, and resolves with its exit code. */
function run(command: string[], settings: Record<string, string>): number | null {
  return spawnSync(command[0] ?? '', command.slice(1), { env: surroundings(settings) }).status
}

/** `unshare` with a root that is only read but for data and /tmp, and the image as /app. */
function asUser(command: string[], data: string): string[] {
  const script = `mount --bind ${image} /app && mount --bind ${data} /mnt && mount -o remount,bind,ro / \
    && mount -o remount,bind,ro /app && mount -t tmpfs -o mode=1777 tmpfs /tmp && cd /app && ! touch x /etc/x 2>/dev/null \
    && exec setpriv --reuid ${user} --regid ${user} --clear-groups --no-new-privs "$@"`
  return ['--mount', 'sh', '-c', script, 'sh', ...command]
}

function inside(directory: string, command: string[], settings: Record<string, string>) {
  const script = `mount --bind ${directory} /app && cd /app && exec "$@"`
  return spawnSync('unshare', ['--mount', 'sh', '-c', script, 'sh', ...command], {
    // Of the machine's, too: where npm finds its packages.
    env: { ...process.env, ...surroundings(settings) },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

function surroundings(settings: Record<string, string>): NodeJS.ProcessEnv {
  const own = { PATH: `${bin}:${process.env.PATH}`, HOME: folder, npm_config_cache: join(folder, 'npm') }
  return { ...own, ...settings } as unknown as NodeJS.ProcessEnv
}

/** What ENV sets; a path of the image's Node is the one here. */
function settingsOf(stage: Instruction[]): Record<string, string> {
  const pairs = stage.filter((one) => one.getKeyword() === 'ENV').flatMap((one) => of(one).split(' '))
  return Object.fromEntries(pairs.map((pair) => pair.replace('/usr/local/bin', bin).split('=') as [string, string]))
}

function only(keyword: string): Instruction {
  const found = instructions.slice(second).find((one) => one.getKeyword() === keyword)
  if (!found) throw new Error(`deploy/Dockerfile has no ${keyword}.`)
  return found
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve(child.exitCode)
    child.once('exit', resolve)
    child.kill('SIGTERM')
  })
}

function say(text: string): void {
  console.log(`  ${text}`)
}
