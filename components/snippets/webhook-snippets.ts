import type { Code } from '../ui/snippet.tsx'
import { python, typescript } from './written.ts'

/**
 * Programs that tell an endpoint's requests from forged ones: two servers, and a command for a request that is at hand. Each
 * reads the signing secret from WEBHOOK_SECRET.
 */
export function webhookServer(baseUrl: string): Code {
  return {
    curl: [
      '#!/usr/bin/env bash',
      '# Checks a request of the log: bash verify.sh ID TIMESTAMP SIGNATURE < body.json',
      'set -euo pipefail',
      'id=$1 timestamp=$2 signature=$3',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
      'key=$(printf %s "${WEBHOOK_SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d \' \\n\')',
      'signed() { printf %s.%s. "$id" "$timestamp" && cat; }',
      'expected=v1,$(signed | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)',
      'for given in $signature; do',
      '  if [ "$given" = "$expected" ]; then echo "The signature is right." && exit 0; fi',
      'done',
      'echo "No signature is of this secret." && exit 1',
    ].join('\n'),
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
