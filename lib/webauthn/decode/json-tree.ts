import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { textLine } from './cbor-node.ts'
import { count } from './count.ts'
import { jsonSize } from './json-size.ts'
import type { DecodedNode } from './node.ts'
import { place } from './written-bytes.ts'

/** How deep arrays and objects may lie in each other, how many values are read, and how many of those are shown. */
const deepest = 64
const most = 40_000
const mostShown = 1_000

/** JSON as a tree over its text's own bytes, and as a value. */
export interface JsonTree {
  node: DecodedNode
  bytes: Uint8Array
  /** Undefined where nothing could be read. Of a text that breaks, what stands before the break. */
  value: unknown
  /** The first thing wrong: what, where, and why. */
  error?: string
}

/** Says what a member means, by the names that lead to it; empty when its name says it all. */
export type MemberNote = (path: string, value: unknown) => string

/**
 * Reads JSON that may be broken: every member before the break stands in the tree, the last one as far as it goes.
 *
 * The work is bounded: what is nested deeper than 64, or has more than 40,000 values, is not read, and 1,000 are shown.
 */
export function jsonTree(text: string, noteOf: MemberNote = () => ''): JsonTree {
  const bytes = new TextEncoder().encode(text)
  const node: DecodedNode = { name: 'JSON', value: count(bytes.length, 'byte'), range: [0, bytes.length] }
  const size = jsonSize(bytes)
  const tooMuch =
    size.depth > deepest ? `nested more than ${deepest} deep` : size.values > most ? `more than ${most} values` : ''
  if (tooMuch) return { node: { ...node, error: tooMuch }, bytes, value: undefined, error: tooMuch }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true })
  const error = errors[0] && reason(text, errors[0])
  if (!root) return { node: { ...node, error: error ?? 'no JSON' }, bytes, value: undefined, error: error ?? 'no JSON' }
  const shown = treeOf(root, noteOf, offsets(text, bytes))
  const whole = { ...shown, name: 'JSON', ...(error && { error }) }
  return { node: whole, bytes, value: error ? getNodeValue(root) : JSON.parse(text), ...(error && { error }) }
}

function treeOf(root: Node, noteOf: MemberNote, place: (offset: number) => number): DecodedNode {
  let left = mostShown
  const walk = (name: string, path: string, { type, offset, length, children = [], value }: Node): DecodedNode => {
    left--
    const node: DecodedNode = { name, range: [place(offset), place(offset + length)] }
    const note = noteOf(path, value)
    if (note) node.note = note
    if (type !== 'object' && type !== 'array')
      return { ...node, value: textLine(type === 'string' ? value : JSON.stringify(value)) }
    const members = children.slice(0, Math.max(0, left))
    node.value = count(children.length, type === 'object' ? 'member' : 'item')
    node.children = members.map((member, at) => {
      if (type === 'array') return walk(`[${at}]`, path, member)
      const [key, inner] = member.children ?? []
      const keyName = String(key?.value ?? '')
      const from = place(member.offset)
      if (!inner) return { name: keyName, range: [from, place(member.offset + member.length)], error: 'no value' }
      const child = walk(keyName, path ? `${path}.${keyName}` : keyName, inner)
      return { ...child, range: [from, child.range?.[1] ?? from] }
    })
    if (members.length < children.length)
      node.children.push({
        name: '…',
        note: `${count(children.length - members.length, 'more')}, not shown`.replace('mores', 'more'),
      })
    return node
  }
  return walk('', '', root)
}

/** Where a character of the text stands in its bytes. */
function offsets(text: string, bytes: Uint8Array): (offset: number) => number {
  if (bytes.length === text.length) return (offset) => offset
  const starts = new Uint32Array(text.length + 1)
  let at = 0
  for (let index = 0; index < text.length; index++) {
    starts[index] = at
    const code = text.codePointAt(index) ?? 0
    if (code > 0xffff) {
      starts[++index] = at
      at += 4
    } else at += code < 0x80 ? 1 : code < 0x800 ? 2 : 3
  }
  starts[text.length] = at
  return (offset) => starts[Math.min(offset, text.length)] ?? at
}

const reasons: Readonly<Record<string, string>> = {
  InvalidSymbol: 'not a value of JSON',
  InvalidNumberFormat: 'not a number of JSON',
  PropertyNameExpected: 'a member’s name in double quotes is needed',
  ValueExpected: 'a value is needed',
  ColonExpected: 'a colon is needed',
  CommaExpected: 'a comma is needed',
  CloseBraceExpected: 'the object does not end',
  CloseBracketExpected: 'the array does not end',
  EndOfFileExpected: 'something stands after the end of the JSON',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'a text does not end',
  UnexpectedEndOfNumber: 'a number does not end',
  InvalidUnicode: 'an escape that stands for no character',
  InvalidEscapeCharacter: 'an escape that JSON does not know',
  InvalidCharacter: 'a control character, which must be escaped',
}

/** The library's first complaint in our words, with its place. */
function reason(text: string, { error, offset }: ParseError): string {
  return `${place(text, offset)}: ${reasons[printParseErrorCode(error)] ?? 'not JSON'}`
}
