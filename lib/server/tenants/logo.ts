import { Problem } from '../problem.ts'

const maxBytes = 40_000

/** How the files of a type begin. */
const beginnings: Record<string, (bytes: Buffer) => boolean> = {
  'image/png': (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
  'image/jpeg': (bytes) => bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')),
  'image/webp': (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  'image/svg+xml': (bytes) =>
    /^\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<svg[\s>]/.test(bytes.toString('utf8')),
}

// What an SVG could do besides being looked at. It is shown as an image and sent with a policy that lets no script run;
// one that tries is not kept at all.
const active =
  /<\s*(?:script|foreignobject|iframe|embed|object|use\s[^>]{0,200}href\s*=\s*["']?\s*(?:https?:|\/\/))|\son[a-z]+\s*=|javascript:|<!entity|<!doctype[^>]{0,200}\[/i

/**
 * The image of a data: URL.
 *
 * @throws Problem invalid_request when it is too large, not what it says it is, or an SVG that does more than draw
 */
export function readLogo(url: string): { type: string; bytes: Uint8Array<ArrayBuffer> } {
  const [, type = '', text = ''] = /^data:([^;]+);base64,(.*)$/.exec(url) ?? []
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length > maxBytes) throw refused('is larger than 40 kB')
  if (!beginnings[type]?.(bytes)) throw refused(`is not an image of the type ${type}`)
  if (type === 'image/svg+xml' && active.test(bytes.toString('utf8'))) {
    throw refused('is an SVG that does more than draw: scripts, event handlers and embedded documents are not kept')
  }
  return { type, bytes: Uint8Array.from(bytes) }
}

function refused(message: string): Problem {
  return new Problem('invalid_request', `The logo ${message}.`, { issues: [{ path: 'logo', message }] })
}
