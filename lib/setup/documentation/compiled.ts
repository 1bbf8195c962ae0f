import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { Block } from './fences.ts'

const compilers = {
  go: { command: 'gofmt', flags: ['-e', '-l'], file: 'main.go' },
  java: {
    command: 'javac',
    flags: ['-XDshould-stop.ifNoError=PARSE', '-XDshould-stop.at=PARSE'],
    file: 'Main.java',
  },
} as const

/**
 * Has a language's own compiler read programs whose libraries are not on this machine: they are laid out and written as the
 * language wants, no more is known of them. Where there is no such compiler, it says so.
 *
 * @throws Error with what the compiler says
 */
export async function runCompiled(way: keyof typeof compilers, blocks: readonly Block[]): Promise<void> {
  const { command, flags, file } = compilers[way]
  console.log(`Programs in ${way} are read by ${command} and not run: their libraries are on neither npm nor Debian.`)
  if (!(process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command))))
    return console.log(`Programs in ${way} are not read either: there is no ${command} on this machine.`)
  for (const { code, line } of blocks) {
    const folder = mkdtempSync(join(tmpdir(), 'documentation-'))
    writeFileSync(join(folder, file), `${code}\n`)
    const said = await promisify(execFile)(command, [...flags, join(folder, file)])
      .then(
        ({ stdout }) => stdout,
        ({ stderr }) => String(stderr),
      )
      .finally(() => rmSync(folder, { recursive: true }))
    if (said) throw new Error(`Line ${line}: ${command} says ${said}`)
  }
}
