import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { parseSync } from '@swc/core'
import { root } from '../../preparation.ts'
import { threadMilliseconds } from '../cpu.ts'
import { room, texts } from './texts.ts'

/** A regular expression of the server's, and the most that a text of a body's length costs it. */
export interface Expression {
  file: string
  pattern: string
  /** What the text repeats. */
  text: string
  milliseconds: number
}

const folders = ['lib/contract', 'lib/foundation', 'lib/mpc', 'lib/server', 'lib/webauthn']
const patienceMilliseconds = 200

/** Tries every regular expression of the server with texts that nearly match it, over and over; the dearest first. */
export function measureExpressions(): Expression[] {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
  const ours = files.filter((file) => !/\.test\.ts$|\/suite\//.test(file))
  return ours
    .flatMap((file) => expressionsIn(readFileSync(join(root, file), 'utf8')).map((found) => worst(file, found)))
    .sort((one, other) => other.milliseconds - one.milliseconds)
}

interface Found {
  pattern: string
  flags: string
}

function expressionsIn(source: string): Found[] {
  const found: Found[] = []
  const seek = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, pattern, flags } = node as Record<string, unknown>
    if (type === 'RegExpLiteral') found.push({ pattern: String(pattern), flags: String(flags) })
    else Object.values(node).forEach(seek)
  }
  seek(parseSync(source, { syntax: 'typescript', target: 'es2024' }))
  return found
}

function worst(file: string, { pattern, flags }: Found): Expression {
  // What the pattern itself is written with is what it nearly matches.
  const own = pattern.match(/[a-z\d]{1,4}|[^\s\w\\^$*+?()[\]{}|]/gi) ?? []
  const start = /^\^?((?:[\w:/.-]|\\[./-])+)/.exec(pattern)?.[1]?.replaceAll('\\', '') ?? ''
  let [text, most] = ['', 0]
  for (const unit of new Set([...own, ...Object.values(texts), '\\', '0', '-', 'A', '_', 'a-', 'a,', ' ,', '\n'])) {
    for (const before of new Set(['', start])) {
      const took = time(pattern, flags, `${before}${unit.repeat(room / unit.length)}\0`)
      if (took > most) [text, most] = [unit, took]
    }
  }
  return { file, pattern: `/${pattern}/${flags}`, text, milliseconds: most }
}

const context = createContext({ pattern: '', flags: '', text: '' })

/** CPU of this thread for one match, in milliseconds: the least of some, and no more than patience lasts. */
function time(pattern: string, flags: string, text: string): number {
  Object.assign(context, { pattern, flags, text })
  const once = () => {
    const before = threadMilliseconds()
    try {
      runInContext('new RegExp(pattern, flags).test(text)', context, { timeout: patienceMilliseconds })
    } catch {}
    return threadMilliseconds() - before
  }
  const first = once()
  return first < 1 ? first : Math.min(first, once(), once())
}
