import { python, typescript } from './written.ts'

interface EndpointServer {
  /** What verifies a request, in the language. */
  verify: string
  port: number
  /** What is done with `request` or, in Python, with `body`, once it is there. */
  lines: string[]
}

/**
 * A server of Node's own, complete. It outlives requests that break off, and reads none that is larger than the server's are.
 * What is refused and what fails are told apart, and printed.
 */
export function nodeServer(baseUrl: string, { verify, port, lines }: EndpointServer): string {
  return typescript(
    baseUrl,
    "import { createServer } from 'node:http'",
    "import { buffer } from 'node:stream/consumers'",
    `import { ${verify}, WebhookRefusedError } from '@webauthn-playground/sdk/webhooks'`,
    '',
    'createServer(async (incoming, response) => {',
    '  try {',
    '    const headers = incoming.headers as Record<string, string>',
    "    const isSmall = Number(headers['content-length']) <= 1_000_000",
    "    if (!isSmall) throw new WebhookRefusedError('body', 'It has no length, or is too large.')",
    '    const body = await buffer(incoming) // as it came: parsed and written again, it is another one',
    "    const request = new Request('http://localhost/', { method: 'POST', headers, body })",
    ...lines.map((line) => `    ${line}`),
    '  } catch (error) {',
    '    console.error(error)',
    '    response.writeHead(error instanceof WebhookRefusedError ? 400 : 500).end()',
    '  }',
    `}).listen(Number(process.env.PORT ?? ${port}))`,
  )
}

/** The same in Python, each connection in a thread of its own. What fails is printed by the server. */
export function pythonServer(
  baseUrl: string,
  { verify, port, lines, imports = [] }: EndpointServer & { imports?: string[] },
): string {
  return python(
    baseUrl,
    ...imports,
    'import os',
    'from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer',
    `from webauthn_playground import WebhookVerificationError, ${verify}`,
    '',
    '',
    'class Endpoint(BaseHTTPRequestHandler):',
    '    timeout = 15  # seconds that a connection may say nothing',
    '',
    '    def do_POST(self):',
    '        length = int(self.headers.get("content-length") or -1)',
    '        if not 0 <= length <= 1_000_000:',
    '            return self.send_error(413)',
    '        body = self.rfile.read(length)  # as it came',
    ...lines.map((line) => `        ${line}`),
    '',
    '',
    `ThreadingHTTPServer(("", int(os.environ.get("PORT", "${port}"))), Endpoint).serve_forever()`,
  )
}
