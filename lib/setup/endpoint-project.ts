import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pythons } from './python.mjs'
import { freePort } from './serve.ts'

const root = new URL('../..', import.meta.url).pathname
const python = [process.env.PYTHON, ...pythons].find((command) => command && spawnSync(command, ['-V']).status === 0)
const commands = { TypeScript: process.execPath, ...(python ? { Python: python } : {}) }
const endings = { TypeScript: 'ts', Python: 'py' } as const

export type EndpointLanguage = keyof typeof endings
/** What endpoints can be written in here. */
export const endpointLanguages = Object.keys(commands) as EndpointLanguage[]

interface Running {
  args?: string[]
  /** What is typed in. */
  input?: string
  env?: Record<string, string>
}

/** A folder of somebody who runs endpoints of their own, with the packages' sources in the packages' place. */
export class EndpointProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'endpoint-'))
  #count = 0

  constructor() {
    const sdk = join(this.folder, 'node_modules/@webauthn-playground/sdk')
    mkdirSync(sdk, { recursive: true })
    symlinkSync(join(root, 'lib/sdk/webhooks.ts'), join(sdk, 'webhooks.ts'))
    const manifest = { type: 'module', exports: { './webhooks': './webhooks.ts' } }
    writeFileSync(join(sdk, 'package.json'), JSON.stringify(manifest))
    writeFileSync(join(this.folder, 'package.json'), JSON.stringify({ type: 'module' }))
  }

  /** Writes code down, as a file whose name ends so. */
  write(code: unknown, ending: string): string {
    const file = join(this.folder, `endpoint-${++this.#count}.${ending}`)
    writeFileSync(file, String(code))
    return file
  }

  /**
   * Runs the server of an endpoint, at the PORT that it is given, until it takes connections.
   *
   * @throws Error with what it printed, where it ends before
   */
  async serve(language: EndpointLanguage, code: unknown, settings: Record<string, string>) {
    const port = await freePort()
    const sources = { PYTHONPATH: join(root, 'clients/python/src'), PYTHONDONTWRITEBYTECODE: '1' }
    const env = { ...process.env, ...sources, PORT: String(port), ...settings }
    const child = spawn(commands[language] as string, [this.write(code, endings[language])], { cwd: this.folder, env })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    const url = `http://127.0.0.1:${port}/`
    const isUp = () =>
      fetch(url).then(
        () => true,
        () => false,
      )
    const deadline = Date.now() + 20_000
    while (!(await isUp())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        child.kill()
        throw new Error(`The endpoint did not come up:\n${output}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return { url, output: () => output, stop: () => child.kill() }
  }

  /** Runs a program to its end. */
  run(language: EndpointLanguage | 'bash', code: unknown, { args = [], input = '', env = {} }: Running = {}) {
    const command = language === 'bash' ? 'bash' : (commands[language] as string)
    const file = this.write(code, language === 'bash' ? 'sh' : endings[language])
    return spawnSync(command, [file, ...args], { input, encoding: 'utf8', env: { ...process.env, ...env } })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** A connection to a server, open, with so much of a request sent on it: of one with a body of so many bytes, its head. */
export async function beginning(url: string, bytes?: number): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  await once(socket, 'connect')
  if (bytes !== undefined) socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${bytes}\r\n\r\n`)
  return socket
}
