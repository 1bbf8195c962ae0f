/** What is wrong with an endpoint's URL before the server can be asked; it knows the rest. */
export function urlMistake(text: string): string | undefined {
  if (!text.trim()) return 'Say where your endpoint is.'
  if (!URL.canParse(text.trim())) return 'This is no URL. Write all of it, from https:// on.'
  return undefined
}

const local: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * What the operator of a server on this machine can do about a URL that was refused because it is not `https:` or leads to
 * no public address.
 */
export function urlHelp(refusal: string | undefined, hostname: string): string | undefined {
  if (!refusal || !local.has(hostname) || !/begin with https:\/\/|public address/.test(refusal)) return undefined
  return 'This server runs on localhost. Started with WEBHOOK_ALLOW_PRIVATE=on it also calls over http and at private addresses, so that an endpoint on your own machine works.'
}
