import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface ScriptProxy {
  /** Host and port. */
  address: string
  stop(): void
}

/**
 * Starts a proxy for http that puts a script before all others of a document, where the document's policy lets it run.
 * `refused` gets each request that was answered with an error.
 */
export async function startScriptProxy(script: string, refused: string[]): Promise<ScriptProxy> {
  const hand = async (answer: IncomingMessage, to: ServerResponse, url: string) => {
    const { statusCode = 502, headers } = answer
    if (statusCode >= 400) refused.push(`${statusCode} ${url}`)
    if (!headers['content-type']?.startsWith('text/html')) {
      to.writeHead(statusCode, headers)
      return answer.pipe(to)
    }
    const [, nonce = ''] = /'nonce-([^']+)'/.exec(String(headers['content-security-policy'])) ?? []
    const { 'content-length': _, ...others } = headers
    const document = await text(answer)
    to.writeHead(statusCode, others)
    return to.end(document.replace('<head>', () => `<head><script nonce="${nonce}">${script}</script>`))
  }
  const server = createServer((from, to) => {
    // What is compressed cannot be added to.
    const { 'accept-encoding': _, ...headers } = from.headers
    const { method, url = '' } = from
    const onward = request(url, { method, headers }, (answer) => {
      // A browser that goes on while a document arrives ends both.
      hand(answer, to, url).catch(() => to.destroy())
    })
    // The browser sees a connection that broke off.
    onward.on('error', () => to.destroy())
    to.on('close', () => onward.destroy())
    from.pipe(onward)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}
