import type { Operated } from './document.ts'
import { sampleOf } from './members.ts'

/** A place to make the call from the page. Its form, and what sends it, are loaded when it is opened. */
export function TryIt({
  operation: { method, path, operationId, parameters = [], requestBody, security = [] },
}: {
  operation: Operated
}) {
  const body = requestBody?.content['application/json']?.schema
  const call = {
    method,
    path,
    name: operationId,
    parameters: parameters.map(({ name, in: place, required = false }) => ({ name, in: place, required })),
    body: body ? JSON.stringify(sampleOf(body), null, 2) : null,
    needsKey: security.length > 0,
  }
  return (
    <details data-needs-script data-try={JSON.stringify(call)} className="mt-3 border-line border-t pt-2.5 text-[14px]">
      <summary className="cursor-pointer font-medium text-accent">Try it</summary>
    </details>
  )
}
