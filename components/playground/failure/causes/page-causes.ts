import { isAppOrigin } from '#lib/webauthn/origin.ts'
import type { Help } from '../help.ts'
import type { CauseEntry } from './cause-entry.ts'
import { again, lead, look, retry } from './cause-help.ts'
import type { Situation } from './situation.ts'

const policy = /permissions?.policy|feature is not enabled/i
const forbidden = ({ permitted, message }: Situation) => permitted === false || policy.test(message)
const featureOf = ({ kind }: Situation) => `publickey-credentials-${kind === 'registration' ? 'create' : 'get'}`
const onWrongHost = ({ origin, rpId }: Situation) => {
  const { hostname } = new URL(origin)
  return hostname !== rpId && !hostname.endsWith(`.${rpId}`)
}
const rpIdPath = ({ kind }: Situation) => (kind === 'registration' ? 'rp.id' : 'rpId')
const isChosen = ({ rpId, tenant }: Situation) => tenant !== undefined && rpId !== tenant.relyingParty.id

/** What is wrong with the page: its frame, its permission, its address. */
export const pageCauses: readonly CauseEntry[] = [
  {
    id: 'frame',
    refusedBy: 'browser',
    brief: 'not permitted',
    shows: ['NotAllowedError', 'SecurityError'],
    certain: (situation) => situation.framed === true && forbidden(situation),
    why: (situation) =>
      `The page is in a frame of another site, and the frame lacks allow="${featureOf(situation)}": a permission policy forbids it passkeys.`,
    help: ({ origin }) => ({ do: 'open', url: `${origin}/playground` }),
  },
  {
    id: 'permissions-policy',
    refusedBy: 'browser',
    brief: 'not permitted',
    shows: ['NotAllowedError', 'SecurityError'],
    certain: (situation) => situation.framed !== true && forbidden(situation),
    why: (situation) =>
      `The page may not use passkeys: a permission policy (its Permissions-Policy header) forbids ${featureOf(situation)}.`,
    help: look,
  },
  {
    id: 'focus',
    refusedBy: 'browser',
    brief: 'without the focus',
    shows: ['NotAllowedError'],
    certain: ({ message }) => /focus/i.test(message),
    why: () => 'The page did not have the focus: browsers ask only in the window that is used.',
    help: again,
  },
  {
    id: 'certificate',
    refusedBy: 'browser',
    brief: 'certificate error',
    shows: ['NotAllowedError', 'SecurityError'],
    certain: ({ message }) => /certificate|TLS/.test(message),
    why: () => 'The certificate of this page has an error, and browsers refuse passkeys there.',
    help: look,
  },
  {
    id: 'rp-id-chosen',
    brief: 'RP ID refused',
    shows: ['SecurityError'],
    when: (situation) => isChosen(situation) && onWrongHost(situation),
    rank: () => 1,
    why: ({ rpId, origin }) =>
      `RP ID is set to ${rpId}, which is neither ${new URL(origin).hostname} nor a registrable suffix of it.`,
    help: (situation) => retry(rpIdPath(situation), undefined)(situation),
  },
  {
    id: 'wrong-host',
    brief: 'wrong address',
    shows: ['SecurityError'],
    when: (situation) => !isChosen(situation) && onWrongHost(situation),
    rank: () => 1,
    why: ({ rpId, origin }) =>
      `This page is on ${new URL(origin).hostname}, and the RP ID ${rpId} works on that domain and those below it alone.`,
    help: rightPlace,
  },
  {
    id: 'suffix',
    brief: 'RP ID refused',
    shows: ['SecurityError'],
    when: (situation) => !onWrongHost(situation),
    rank: () => 2,
    why: ({ rpId }) => `${rpId} is a public suffix or an address, which no page may use as its RP ID.`,
    help: (situation) => lead(rpIdPath(situation))(situation),
  },
  {
    id: 'related-origins',
    shows: ['SecurityError'],
    when: (situation) => onWrongHost(situation) && !situation.noRpId,
    rank: () => 4,
    why: ({ rpId }) =>
      `Related origins would allow it, and https://${rpId}/.well-known/webauthn does not list this page’s origin, or this browser does not ask there.`,
    help: look,
  },
]

/** Where passkeys of the RP ID work: the same page on localhost, or on the tenant's first web origin. */
function rightPlace({ origin, tenant }: Situation): Help | undefined {
  const { hostname, protocol, port } = new URL(origin)
  const local = hostname === '127.0.0.1' || hostname === '[::1]' || hostname.endsWith('.localhost')
  const allowed = tenant?.relyingParty.origins.find((each) => !isAppOrigin(each))
  const elsewhere = local ? `${protocol}//localhost${port ? `:${port}` : ''}` : allowed
  return elsewhere ? { do: 'open', url: `${elsewhere}/playground` } : { do: 'show-browser' }
}
