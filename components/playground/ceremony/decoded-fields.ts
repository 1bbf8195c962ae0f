import { algorithmLabel } from '#lib/webauthn/algorithms.ts'
import { memberNote } from '#lib/webauthn/decode/member-notes.ts'
import type { DecodedNode } from '#lib/webauthn/decode/node.ts'
import type { Message } from '../run.ts'

/** One member of a JSON message as a labelled row, its own members below it. `path` leads to it from the message. */
export function fieldNode(name: string, value: unknown, path: string, id: Message['id']): DecodedNode {
  const note = memberNote(path, value, id === 'answer')
  const node: DecodedNode = { name, ...(note && { note }) }
  const short = summaryOf(path, value)
  if (short !== undefined) return { ...node, value: short }
  if (Array.isArray(value))
    return {
      ...node,
      value: `${value.length} in all`,
      children: value.map((member, at) => fieldNode(`[${at}]`, member, path, id)),
    }
  if (typeof value === 'object' && value !== null)
    return {
      ...node,
      children: Object.entries(value).map(([key, member]) => fieldNode(key, member, `${path}.${key}`, id)),
    }
  return { ...node, value: typeof value === 'string' ? value : JSON.stringify(value) }
}

/** One line for what is better read at once; undefined for what is read member by member. */
function summaryOf(path: string, value: unknown): string | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none'
    if (path.endsWith('pubKeyCredParams')) return value.map(labelOf).join(', ')
    if (path.endsWith('checks')) return checksOf(value)
    if (path.endsWith('Credentials')) return value.map((entry) => entry?.id ?? entry).join(', ')
    return value.every((member) => typeof member !== 'object') ? value.join(', ') : undefined
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return 'nothing'
  if (path.endsWith('algorithm') || path.endsWith('publicKeyAlgorithm')) return labelOf(value)
  return undefined
}

function labelOf(entry: unknown): string {
  const alg = typeof entry === 'object' && entry !== null && 'alg' in entry ? entry.alg : entry
  return typeof alg === 'number' ? algorithmLabel(alg) : String(alg)
}

function checksOf(checks: { outcome?: string }[]): string {
  const failed = checks.filter(({ outcome }) => outcome === 'fail').length
  return failed ? `${failed} of ${checks.length} failed` : `${checks.length}, none failed`
}
