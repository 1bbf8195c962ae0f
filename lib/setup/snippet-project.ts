import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Language = 'curl' | 'TypeScript' | 'Python'

/** What a snippet is run with. */
export interface Running {
  env?: Record<string, string>
  /** Does what its output asks a person for, each time that it asks; what it answers with is typed in. */
  person?: (output: string) => Promise<string | undefined> | undefined
}

const endings = { curl: 'sh', TypeScript: 'ts', Python: 'py' } as const

/**
 * An empty folder of somebody who takes snippets along: installs what their first lines say, once, and runs them as they
 * stand, by sh, by the Node of this process and by a Python environment of the folder's own.
 */
export class SnippetProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'snippets-'))
  /** What its environment is made of. */
  readonly #maker: string | undefined
  readonly #python: string
  readonly #installed = new Map<string, Promise<unknown>>()
  #count = 0

  /** @param python the command of a Python that has `venv`; undefined where none can be had */
  constructor(python: string | undefined) {
    this.#maker = python
    this.#python = join(this.folder, 'venv/bin/python')
    writeFileSync(join(this.folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  }

  /**
   * Runs a snippet to its end.
   *
   * @returns what it printed
   * @throws Error with what it printed, where it ends with anything but 0
   */
  async run(language: Language, code: string, { env = {}, person }: Running = {}): Promise<string> {
    const file = await this.write(language, code)
    const [command, ...first] = { curl: ['sh'], TypeScript: [process.execPath], Python: [this.#python, '-u'] }[language]
    const child = spawn(command as string, [...first, file], { cwd: this.folder, env: { ...process.env, ...env } })
    let [output, errors, heard, isAsking] = ['', '', 0, false]
    const failure = new Promise<never>((_, reject) => {
      const ask = () => {
        const answering = isAsking ? undefined : person?.(output.slice(heard))
        if (!answering) return
        ;[heard, isAsking] = [output.length, true]
        answering.then((answer) => {
          if (answer !== undefined) child.stdin.write(`${answer}\n`)
          isAsking = false
          ask()
        }, reject)
      }
      child.stdout.on('data', (chunk) => {
        output += chunk
        ask()
      })
    })
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    const exit = await Promise.race([new Promise((resolve) => child.on('close', resolve)), failure]).finally(() =>
      child.kill(),
    )
    if (exit !== 0) throw new Error(`${code}\n\nended with ${exit}:\n${output}\n${errors}`)
    return output
  }

  /** Writes a snippet down as a file, once what its first line asks for is installed. */
  async write(language: Language, code: string): Promise<string> {
    const [, install = ''] = /^(?:\/\/|#) ((?:npm|pip) install \S+)\n/.exec(code) ?? []
    if (install) await this.install(install)
    const file = join(this.folder, `snippet-${++this.#count}.${endings[language]}`)
    writeFileSync(file, code)
    return file
  }

  /**
   * Carries out a command such as `npm install …` or `pip install …`, once.
   *
   * @param instead what is done in its place, where the package is on this machine and no registry need be asked
   */
  install(command: string, instead = command): Promise<unknown> {
    const installing = this.#installed.get(command) ?? this.#install(instead)
    this.#installed.set(command, installing)
    return installing
  }

  /** Says that what a command would install is there, or will be. */
  installed(command: string, there: Promise<unknown>): void {
    this.#installed.set(command, there)
  }

  /**
   * Checks the types of snippets that run in pages.
   *
   * @throws Error with what the compiler says
   */
  async typed(files: string[]): Promise<void> {
    const compiler = join(process.cwd(), 'node_modules/typescript/bin/tsc')
    const how =
      '--noEmit --strict --target es2022 --module esnext --moduleResolution bundler --lib es2023,dom,dom.iterable'
    await promisify(execFile)(process.execPath, [compiler, ...how.split(' '), ...files], { cwd: this.folder }).catch(
      ({ stdout, message }) => {
        throw new Error(stdout || message)
      },
    )
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #install(command: string): Promise<unknown> {
    const run = promisify(execFile)
    const [tool = '', ...rest] = command.split(' ')
    if (tool === 'npm')
      return run('npm', [...rest, '--no-audit', '--no-fund', '--prefer-offline'], { cwd: this.folder })
    if (!this.#maker) throw new Error('There is no Python to install into.')
    await run(this.#maker, ['-m', 'venv', join(this.folder, 'venv')])
    return run(this.#python, ['-m', 'pip', ...rest, '--no-deps', '--disable-pip-version-check'])
  }
}
