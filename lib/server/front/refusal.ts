import { randomUUID } from 'node:crypto'
import { securityHeaders } from '../api/security-headers.ts'
import type { Problem } from '../problem.ts'
import { problemDocument } from '../problem-document.ts'

/** The answer to what never comes as far as the API or a page. */
export function refusal(problem: Problem): { status: number; headers: Record<string, string>; body: string } {
  const requestId = randomUUID()
  const body = problemDocument(problem, requestId)
  const headers = {
    ...securityHeaders(),
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
    'Content-Type': 'application/problem+json',
    'X-Request-Id': requestId,
    'Content-Length': String(Buffer.byteLength(body)),
    ...problem.details.headers,
  }
  return { status: problem.status, headers, body }
}
