import type { Code } from '../ui/snippet.tsx'
import { verifyByHand } from './verify-by-hand.ts'
import { python, typescript } from './written.ts'

/**
 * Programs that tell an endpoint's requests from forged ones: two servers, and a command for a request that is at hand. Each
 * reads the signing secret from WEBHOOK_SECRET.
 */
export function webhookServer(baseUrl: string): Code {
  return {
    curl: verifyByHand('WEBHOOK_SECRET'),
    TypeScript: typescript(
      baseUrl,
      "import { createServer } from 'node:http'",
      "import { buffer } from 'node:stream/consumers'",
      "import { verifyWebhook } from '@webauthn-playground/sdk/webhooks'",
      '',
      'createServer(async (incoming, response) => {',
      '  const headers = incoming.headers as Record<string, string>',
      '  const body = await buffer(incoming) // as it came: parsed and written again, it is another one',
      "  const request = new Request('http://localhost/', { method: 'POST', headers, body })",
      '  try {',
      "    const event = await verifyWebhook(request, process.env.WEBHOOK_SECRET ?? '')",
      '    console.log(event.id, event.type, event.data)',
      '    response.writeHead(204).end()',
      '  } catch {',
      '    response.writeHead(400).end()',
      '  }',
      '}).listen(Number(process.env.PORT ?? 4000))',
    ),
    Python: python(
      baseUrl,
      'import os',
      'from http.server import BaseHTTPRequestHandler, HTTPServer',
      'from webauthn_playground import WebhookVerificationError, verify_webhook',
      '',
      '',
      'class Endpoint(BaseHTTPRequestHandler):',
      '    def do_POST(self):',
      '        body = self.rfile.read(int(self.headers["content-length"]))  # as it came',
      '        try:',
      '            event = verify_webhook(self.headers, body, os.environ["WEBHOOK_SECRET"])',
      '            print(event.id, event.type, event.data, flush=True)',
      '            self.send_response(204)',
      '        except WebhookVerificationError:',
      '            self.send_response(400)',
      '        self.end_headers()',
      '',
      '',
      'HTTPServer(("", int(os.environ.get("PORT", "4000"))), Endpoint).serve_forever()',
    ),
  }
}

/** The same for whatever takes a Request and gives a Response. */
export function webhookHandler(baseUrl: string): string {
  return typescript(
    baseUrl,
    "import { verifyWebhook } from '@webauthn-playground/sdk/webhooks'",
    '',
    'export async function POST(request: Request): Promise<Response> {',
    '  try {',
    "    const event = await verifyWebhook(request, process.env.WEBHOOK_SECRET ?? '')",
    '    console.log(event.id, event.type, event.data)',
    '    return new Response(null, { status: 204 })',
    '  } catch {',
    '    return new Response(null, { status: 400 })',
    '  }',
    '}',
  )
}
