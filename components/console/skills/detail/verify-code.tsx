'use client'

import { useState } from 'react'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { Segments } from '../../../ui/segments.tsx'

const languages = {
  TypeScript: `// npm install standardwebhooks
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.SKILL_SECRET)

createServer(async (request, response) => {
  const body = await text(request)
  try {
    const { input } = webhook.verify(body, request.headers) as { input: { text: string } }
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ result: input.text.toUpperCase() }))
  } catch {
    response.writeHead(401).end()
  }
}).listen(8080)`,
  Python: `# pip install standardwebhooks
import json, os
from http.server import BaseHTTPRequestHandler, HTTPServer
from standardwebhooks import Webhook

webhook = Webhook(os.environ["SKILL_SECRET"])

class Skill(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            call = webhook.verify(body, dict((name.lower(), value) for name, value in self.headers.items()))
        except Exception:
            return self.send_error(401)
        answer = json.dumps({"result": call["input"]["text"].upper()}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(answer)

HTTPServer(("", 8080), Skill).serve_forever()`,
} as const

type Language = keyof typeof languages

/** An endpoint that verifies who calls it, whole. */
export function VerifyCode() {
  const [language, choose] = useState<Language>('TypeScript')
  return (
    <div>
      <h3 className="mb-1.5 font-semibold text-[13px]">An endpoint that verifies its calls</h3>
      <p className="mb-2.5 text-[13px] text-soft">
        The secret is in the environment variable SKILL_SECRET. A call that is older than five minutes is refused, too.
      </p>
      <div className="mb-2.5">
        <Segments
          label="Language"
          name="verify-language"
          choices={Object.keys(languages) as Language[]}
          selected={language}
          onSelect={choose}
        />
      </div>
      <CodeBlock code={languages[language]} label="endpoint" />
    </div>
  )
}
