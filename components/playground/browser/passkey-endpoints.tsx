'use client'

import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'

const path = '/.well-known/passkey-endpoints'

/** The other document that an RP ID’s host has for passkeys: where people make and manage them. */
export function PasskeyEndpoints() {
  const [document, set] = useState<{ json?: string; mistake?: string }>({})

  async function read() {
    try {
      // A redirect is no answer: credential managers follow none.
      const answer = await fetch(path, { credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' })
      const type = answer.headers.get('content-type')?.split(';')[0]
      if (answer.status === 200 && type === 'application/json')
        set({ json: JSON.stringify(await answer.json(), null, 2) })
      else
        set({
          mistake: `It answered ${answer.status} with ${type ?? 'no content type'}: 200 with JSON is taken alone.`,
        })
    } catch {
      set({ mistake: 'It gave no answer, or not with JSON, or redirects: credential managers follow no redirect.' })
    }
  }

  return (
    <div className="space-y-3 border-line border-t pt-4">
      <h3 className="font-semibold text-[15px]">Passkey endpoints</h3>
      <p className="text-[14px] text-soft">
        A credential manager that offers to make or to manage a passkey leads people to the pages that the RP ID’s host
        names in <code className="font-mono text-[13px] wrap-anywhere">{path}</code>:{' '}
        <code className="font-mono text-[13px]">enroll</code> and <code className="font-mono text-[13px]">manage</code>.
      </p>
      <Button look="secondary" onClick={read}>
        Read this server’s endpoints
      </Button>
      <div aria-live="polite">
        {document.json ? <CodeBlock label="endpoints" code={document.json} /> : null}
        {document.mistake ? <p className="text-[14px] text-bad">{document.mistake}</p> : null}
      </div>
    </div>
  )
}
