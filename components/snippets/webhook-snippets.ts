import type { Code } from '../ui/snippet.tsx'
import { nodeServer, pythonServer } from './endpoint-servers.ts'
import { verifyByHand } from './verify-by-hand.ts'
import { typescript } from './written.ts'

/**
 * Programs that tell an endpoint's requests from forged ones: two servers, and a command for a request that is at hand. Each
 * reads the signing secret from WEBHOOK_SECRET.
 */
export function webhookServer(baseUrl: string): Code {
  return {
    curl: verifyByHand('WEBHOOK_SECRET'),
    TypeScript: nodeServer(baseUrl, {
      verify: 'verifyWebhook',
      port: 4000,
      lines: [
        "const event = await verifyWebhook(request, process.env.WEBHOOK_SECRET ?? '')",
        'console.log(event.id, event.type, event.data)',
        'response.writeHead(204).end()',
      ],
    }),
    Python: pythonServer(baseUrl, {
      verify: 'verify_webhook',
      port: 4000,
      lines: [
        'try:',
        '    event = verify_webhook(self.headers, body, os.environ["WEBHOOK_SECRET"])',
        'except WebhookVerificationError as error:',
        '    print(error, flush=True)',
        '    return self.send_error(400)',
        'print(event.id, event.type, event.data, flush=True)',
        'self.send_response(204)',
        'self.end_headers()',
      ],
    }),
  }
}

/** The same for whatever takes a Request and gives a Response. */
export function webhookHandler(baseUrl: string): string {
  return typescript(
    baseUrl,
    "import { verifyWebhook, WebhookRefusedError } from '@webauthn-playground/sdk/webhooks'",
    '',
    'export async function POST(request: Request): Promise<Response> {',
    '  try {',
    "    const event = await verifyWebhook(request, process.env.WEBHOOK_SECRET ?? '')",
    '    console.log(event.id, event.type, event.data)',
    '    return new Response(null, { status: 204 })',
    '  } catch (error) {',
    '    console.error(error)',
    '    return new Response(null, { status: error instanceof WebhookRefusedError ? 400 : 500 })',
    '  }',
    '}',
  )
}
