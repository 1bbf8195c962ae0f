import { parse } from 'tldts'
import { isAppOrigin, isLoopback, relationOf } from './origin.ts'

/** How many different labels browsers are sure to read of a document; what stands under further ones is passed over. */
export const maxLabels = 5

/** Where browsers look, on the RP ID's own host. */
export const wellKnownPath = '/.well-known/webauthn'

/**
 * The label that browsers count of a host: what stands before its public suffix. Undefined for a host without one, such as
 * localhost or an address, which is passed over.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-related-origins
 */
export function labelOf(hostname: string): string | undefined {
  return parse(hostname, { allowPrivateDomains: true }).domainWithoutSuffix || undefined
}

/** What an RP ID's host answered. What is undefined is not known, as of a pasted document. */
export interface WellKnownAnswer {
  status?: number | undefined
  contentType?: string | null | undefined
  body: string
}

/** Who asks for a passkey, and of which RP ID. */
export interface Caller {
  origin: string
  rpId: string
}

export interface ValidationStep {
  title: string
  outcome: 'pass' | 'fail' | 'unknown'
  detail: string
}

export interface ListedOrigin {
  /** As the document writes it. */
  written: string
  label?: string
  /** `counted`: read. `beyond`: under a label after the last that is read. `skipped`: no browser can be there. */
  outcome: 'counted' | 'beyond' | 'skipped'
  /** It is the calling origin. */
  matches: boolean
  why: string
}

export interface Validation {
  steps: ValidationStep[]
  origins: ListedOrigin[]
  /** Those that are read, in their order. */
  labels: string[]
  /** Whether the caller may use the RP ID; undefined where no caller was named. */
  accepted: boolean | undefined
}

/**
 * The specification's validation of related origins, with a log of each step. Unlike a browser it goes on past the caller's
 * own entry, so that everything that is wrong is said at once.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-validating-relation-origin
 */
export function validateRelatedOrigins(answer: WellKnownAnswer, caller?: Caller): Validation {
  const callerOrigin = caller?.origin
  const steps = [statusStep(answer.status), contentTypeStep(answer.contentType)]
  const { step, origins: written } = shapeOf(answer.body)
  steps.push(step)
  const inside = caller && relationOf(caller.origin, caller.rpId) === 'inside'
  if (inside) steps.push(insideStep(caller))
  if (!written) return { steps, origins: [], labels: [], accepted: caller && Boolean(inside) }
  const labels: string[] = []
  const origins = written.map((each) => listed(each, labels, callerOrigin))
  steps.push(labelsStep(origins, labels))
  const failed = steps.some(({ title, outcome }) => outcome === 'fail' && title !== labelsTitle)
  if (!caller || inside) return { steps, origins, labels, accepted: inside }
  const found = origins.find(({ matches, outcome }) => matches && outcome === 'counted')
  steps.push(callerStep(caller.origin, origins, Boolean(found)))
  return { steps, origins, labels, accepted: Boolean(found) && !failed }
}

function statusStep(status: number | undefined): ValidationStep {
  const title = 'Status'
  if (status === undefined) {
    return { title, outcome: 'unknown', detail: 'Not known of a pasted document. Browsers take 200 alone.' }
  }
  return status === 200
    ? { title, outcome: 'pass', detail: '200' }
    : { title, outcome: 'fail', detail: `${status}: browsers take 200 alone, after redirects to https.` }
}

function contentTypeStep(contentType: string | null | undefined): ValidationStep {
  const title = 'Content type'
  if (contentType === undefined) {
    return { title, outcome: 'unknown', detail: 'Not known of a pasted document. It has to be application/json.' }
  }
  const essence = contentType?.split(';')[0]?.trim().toLowerCase()
  if (essence === 'application/json') return { title, outcome: 'pass', detail: contentType ?? '' }
  const found = contentType ? `“${contentType}”` : 'None was sent'
  return { title, outcome: 'fail', detail: `${found}: it has to be application/json.` }
}

function shapeOf(body: string): { step: ValidationStep; origins?: string[] } {
  const title = 'JSON'
  const fail = (detail: string) => ({ step: { title, outcome: 'fail' as const, detail } })
  let document: unknown
  try {
    document = JSON.parse(body)
  } catch (error) {
    return fail(`This is not JSON: ${error instanceof Error ? error.message : String(error)}.`)
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return fail('It has to be an object with a member origins: { "origins": ["https://…"] }.')
  }
  const { origins } = document as { origins?: unknown }
  if (origins === undefined) return fail('The member origins is missing.')
  if (!Array.isArray(origins)) return fail('The member origins has to be a list.')
  const wrong = origins.findIndex((each) => typeof each !== 'string')
  if (wrong >= 0) return fail(`Entry ${wrong + 1} of origins is no text: browsers then refuse the whole document.`)
  return {
    step: { title, outcome: 'pass', detail: `An object whose origins are ${counted(origins.length, 'text')}.` },
    origins,
  }
}

/** Reads one entry, and adds its label to those that are read where there is room. */
function listed(written: string, labels: string[], callerOrigin: string | undefined): ListedOrigin {
  const url = URL.parse(written)
  const matches = callerOrigin !== undefined && url !== null && url.origin !== 'null' && url.origin === callerOrigin
  const skipped = (why: string): ListedOrigin => ({ written, outcome: 'skipped', matches, why })
  if (isAppOrigin(written))
    return skipped('An app’s: browsers pass it over, and platforms link apps by other documents.')
  if (!url) return skipped('Not a URL.')
  if (!url.hostname) return skipped('A URL without a host.')
  const label = labelOf(url.hostname)
  if (!label) return skipped(`${url.hostname} has no label before a public suffix, so browsers pass it over.`)
  if (!labels.includes(label)) {
    if (labels.length >= maxLabels) {
      const why = `The label “${label}” would be number ${maxLabels + 1} or later: passed over where a browser reads ${maxLabels}.`
      return { written, label, outcome: 'beyond', matches, why }
    }
    labels.push(label)
  }
  return { written, label, outcome: 'counted', matches, why: remarkOn(written, url) }
}

function remarkOn(written: string, url: URL): string {
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'On http: it takes up its label, and no browser offers passkeys there.'
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return `${url.protocol} is no page’s: it takes up its label.`
  return written === url.origin ? 'Read.' : `Read as ${url.origin}.`
}

const labelsTitle = 'Labels'

function labelsStep(origins: readonly ListedOrigin[], labels: readonly string[]): ValidationStep {
  const beyond = new Set(origins.flatMap(({ outcome, label }) => (outcome === 'beyond' && label ? [label] : [])))
  const read = `${labels.length} of at most ${maxLabels}${labels.length ? `: ${labels.join(', ')}` : ''}.`
  return beyond.size
    ? { title: labelsTitle, outcome: 'fail', detail: `${read} Passed over: ${someOf([...beyond])}.` }
    : { title: labelsTitle, outcome: 'pass', detail: read }
}

/** As many as fit into a line. */
function someOf(labels: readonly string[]): string {
  const most = 20
  const more = labels.length > most ? ` and ${(labels.length - most).toLocaleString('en')} more` : ''
  return labels.slice(0, most).join(', ') + more
}

const callerTitle = 'This origin'

function insideStep({ origin, rpId }: Caller): ValidationStep {
  const detail = `${origin} lies in the domain of ${rpId}: browsers let it use the RP ID without asking for the document.`
  return { title: callerTitle, outcome: 'pass', detail }
}

function callerStep(caller: string, origins: readonly ListedOrigin[], found: boolean): ValidationStep {
  const title = callerTitle
  if (found) return { title, outcome: 'pass', detail: `${caller} is listed.` }
  const entry = origins.find(({ matches }) => matches)
  const why = entry ? entry.why : 'No entry is it: scheme, host and port have to be the same.'
  return { title, outcome: 'fail', detail: `${caller}: ${why}` }
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/**
 * Reads what a person pasted: the document alone, or an answer with its head as `curl -i` prints it, whose last head counts
 * where redirects were followed.
 */
export function pastedAnswer(text: string): WellKnownAnswer {
  let rest = text.trim().replaceAll('\r\n', '\n')
  let head: Pick<WellKnownAnswer, 'status' | 'contentType'> = {}
  for (let at = /^HTTP\/[\d.]+ (\d{3})/.exec(rest); at; at = /^HTTP\/[\d.]+ (\d{3})/.exec(rest)) {
    const end = rest.indexOf('\n\n')
    const lines = end < 0 ? rest : rest.slice(0, end)
    const contentType = /^content-type:(.*)$/im.exec(lines)?.[1]?.trim() ?? null
    head = { status: Number(at[1]), contentType }
    rest = end < 0 ? '' : rest.slice(end).trimStart()
  }
  return { ...head, body: rest }
}
