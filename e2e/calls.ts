import type { Page } from '@playwright/test'

/** The calls of the API that a page has sent. */
export function callsOf(page: Page): string[] {
  const calls: string[] = []
  page.on('request', (request) => request.url().includes('/v1/') && calls.push(request.url()))
  return calls
}
