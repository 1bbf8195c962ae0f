import { algorithmName } from '../algorithms.ts'
import { dictionary } from '../dictionary.ts'
import type { Evidence } from './evidence.ts'
import { type Finding, found } from './row.ts'
import { ids } from './written.ts'

/** Judges one option of a ceremony that ended with a credential. */
export type Judge = (asked: unknown, evidence: Evidence) => Finding | Promise<Finding>

/** How each option shows in what came back, by its path. */
export const optionJudges: Readonly<Record<string, Judge>> = {
  'authenticatorSelection.authenticatorAttachment': (asked, { attachment }) =>
    attachment === undefined
      ? found('cannot be told', undefined, 'this browser does not say where the passkey is')
      : found(
          attachment === asked ? 'honoured' : 'contradicted',
          attachment,
          'authenticatorAttachment of the credential',
        ),
  'authenticatorSelection.residentKey': (asked, evidence) => residentKey(asked, evidence),
  'authenticatorSelection.requireResidentKey': (asked, evidence) =>
    evidence.asked['authenticatorSelection.residentKey'] === undefined
      ? residentKey(asked ? 'required' : 'discouraged', evidence)
      : found('ignored by the browser', undefined, 'residentKey is set beside it, and counts'),
  'authenticatorSelection.userVerification': (asked, evidence) => userVerification(asked, evidence),
  userVerification: (asked, evidence) => userVerification(asked, evidence),
  attestation: (asked, { statement, trusted }) => {
    if (!statement) return undecoded
    const { fmt, attStmt } = statement
    const chain = attStmt.get('x5c')
    const got = Array.isArray(chain)
      ? `${fmt}, x5c of ${chain.length}`
      : fmt === 'packed'
        ? 'packed, by its own key'
        : fmt
    if (asked === 'none') {
      if (fmt === 'none') return found('honoured', got, 'no statement')
      return Array.isArray(chain)
        ? found('ignored by the browser', got, 'it was to leave the statement out')
        : found('honoured', got, 'a statement by the new key itself tells nothing, and may stay')
    }
    if (fmt === 'none')
      return found('ignored by the authenticator', got, 'it made no statement, or the browser left it out')
    const trust =
      trusted === undefined ? 'a statement' : trusted ? 'trusted by this server' : 'not trusted by this server'
    return found('honoured', got, trust)
  },
  attestationFormats: (asked, { statement, asked: { attestation = 'none' } }) => {
    if (!statement) return undecoded
    const { fmt } = statement
    if ((asked as string[]).includes(fmt)) return found('honoured', fmt, 'one of yours')
    return attestation === 'none'
      ? found('ignored by the browser', fmt, 'without attestation there is no statement to choose a format for')
      : found('ignored by the authenticator', fmt, 'it makes none of yours')
  },
  hints: (asked, { kind, attachment, transports }) => {
    const got = [attachment, ...transports].filter(Boolean).join(', ')
    const how = { attachment, transports: kind === 'registration' ? transports : undefined }
    const agreeing = (asked as string[]).findIndex((hint) => agrees(hint, how))
    if (!got) return found('cannot be told', undefined, 'this browser does not say where the passkey is')
    if (agreeing < 0) return found('ignored by the browser', got, 'a hint binds nobody: the person may choose another')
    const which = agreeing === 0 ? 'the first of yours' : `number ${agreeing + 1} of yours`
    return found('honoured', got, (asked as string[]).length === 1 ? 'what came back agrees' : which)
  },
  pubKeyCredParams: (asked, { authenticatorData }) => {
    const alg = authenticatorData?.attestedCredentialData?.publicKey?.alg
    if (alg === undefined) return undecoded
    const place = (asked as number[]).indexOf(alg)
    if (place === 0) return found('honoured', algorithmName(alg), 'the first of yours')
    return place > 0
      ? found('ignored by the authenticator', algorithmName(alg), 'the first of yours that it knows')
      : found('contradicted', algorithmName(alg), 'none of yours')
  },
  timeout: (asked, { waited }) => {
    if (waited === undefined) return found('cannot be told', undefined, 'nothing tells how long the browser waited')
    const got = `answered in ${Math.round(waited).toLocaleString('en')} ms`
    return waited > Number(asked)
      ? found('ignored by the browser', got, 'the answer came after it')
      : found('cannot be told', got, 'the answer came before it was over')
  },
  excludeCredentials: (asked, { options }) =>
    asked === 'none'
      ? found('honoured', ids(listed(options, 'excludeCredentials')), 'nothing was excluded')
      : found('honoured', ids(listed(options, 'excludeCredentials')), 'the authenticator holds none of them'),
  allowCredentials: (asked, { options, credential }) => {
    const allowed = options?.allowCredentials
    if (asked === 'none') return found('honoured', ids(listed(options, 'allowCredentials')), 'any passkey could answer')
    const one = Array.isArray(allowed) && allowed.some((each) => dictionary(each)?.id === credential?.id)
    return one
      ? found('honoured', '1 of them', 'it is in the list')
      : found('contradicted', 'another', 'the passkey that answered is not in the list')
  },
  'rp.id': (asked, evidence) => relyingParty(asked, evidence),
  rpId: (asked, evidence) => relyingParty(asked, evidence),
  'user.id': () => found('cannot be told', undefined, 'it comes back as userHandle at a sign-in'),
  mediation: (asked, { kind, authenticatorData }) =>
    kind === 'registration' && asked === 'conditional' && authenticatorData?.flags.up === false
      ? found('honoured', 'UP 0', 'made without asking the person')
      : found('cannot be told', undefined, 'no answer tells whether there was a dialogue'),
}

const undecoded = found('cannot be told', undefined, 'the response does not decode')

function residentKey(asked: unknown, { client }: Evidence): Finding {
  const rk = dictionary(client.credProps)?.rk
  if (typeof rk !== 'boolean')
    return found('cannot be told', undefined, 'credProps tells it: ask for that, too, in a browser that knows it')
  const got = `rk: ${rk}`
  if (rk === (asked !== 'discouraged')) return found('honoured', got, 'credProps says so')
  if (asked === 'required') return found('contradicted', got, 'credProps says that it is not discoverable')
  const why = asked === 'preferred' ? 'it keeps none' : 'it made a discoverable one all the same'
  return found('ignored by the authenticator', got, why)
}

function userVerification(asked: unknown, { authenticatorData }: Evidence): Finding {
  if (!authenticatorData) return undecoded
  const { uv } = authenticatorData.flags
  const got = `UV ${uv ? 1 : 0}`
  if (uv === (asked !== 'discouraged')) return found('honoured', got, 'bit 2 of the flags')
  if (asked === 'required') return found('contradicted', got, 'nobody was verified')
  const why = asked === 'preferred' ? 'it cannot, or nobody set it up' : 'it verified the person all the same'
  return found('ignored by the authenticator', got, why)
}

async function relyingParty(asked: unknown, evidence: Evidence): Promise<Finding> {
  if (!evidence.authenticatorData) return undecoded
  return (await evidence.isFor(String(asked)))
    ? found('honoured', 'its hash', 'rpIdHash is the SHA-256 of it')
    : found('contradicted', 'another hash', 'rpIdHash is not the SHA-256 of it')
}

function agrees(
  hint: string,
  { attachment, transports }: { attachment?: string | undefined; transports?: readonly string[] | undefined },
) {
  const roaming = attachment === 'cross-platform'
  if (hint === 'client-device') return attachment === 'platform'
  if (!transports) return roaming
  if (hint === 'hybrid') return roaming && transports.includes('hybrid')
  return roaming && ['usb', 'nfc', 'ble', 'smart-card'].some((transport) => transports.includes(transport))
}

function listed(options: Evidence['options'], name: string): number {
  const list = options?.[name]
  return Array.isArray(list) ? list.length : 0
}
