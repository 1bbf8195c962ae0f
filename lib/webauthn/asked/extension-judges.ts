import { brief } from '../checks/brief.ts'
import { count } from '../decode/count.ts'
import { fromBase64url } from '../decode/index.ts'
import { dictionary } from '../dictionary.ts'
import { notKept } from '../not-kept.ts'
import type { Evidence } from './evidence.ts'
import type { Judge } from './option-judges.ts'
import { type Finding, found } from './row.ts'

/** How each extension that is asked for shows in what came back, by its path; of any other see `unknownExtension`. */
export const extensionJudges: Readonly<Record<string, Judge>> = {
  'extensions.credProps': (_, { client }) => {
    const props = dictionary(client.credProps)
    if (!props) return byBrowser
    return typeof props.rk === 'boolean'
      ? found('honoured', `rk: ${props.rk}`, '')
      : found('ignored by the authenticator', 'no rk', 'the browser cannot tell of this authenticator')
  },
  'extensions.prf': (asked, { client, kind }) => {
    const prf = dictionary(client.prf)
    if (!prf) return byBrowser
    const wanted = dictionary(asked)?.eval ?? dictionary(asked)?.evalByCredential
    if (prf.results === notKept) return found('honoured', 'results', 'made in this browser, and not kept')
    if (prf.results)
      return found(
        'honoured',
        `results: ${count(Object.keys(prf.results).length, 'secret')}`,
        'made in this browser, and sent to nobody',
      )
    if (kind === 'authentication')
      return wanted
        ? found('ignored by the authenticator', 'no results', 'this passkey makes none, or not for what it was given')
        : found('cannot be told', 'no results', 'it was given nothing to evaluate')
    if (prf.enabled !== true)
      return found('ignored by the authenticator', `enabled: ${brief(prf.enabled)}`, 'this passkey makes no secrets')
    return found('honoured', 'enabled: true', wanted ? 'it evaluates at a sign-in alone' : '')
  },
  'extensions.largeBlob': (asked, { client, kind }) => {
    const blob = dictionary(client.largeBlob)
    if (!blob) return byBrowser
    const input = dictionary(asked) ?? {}
    if (kind === 'registration') {
      const got = `supported: ${brief(blob.supported)}`
      if (blob.supported === true) return found('honoured', got, '')
      return input.support === 'required'
        ? found('contradicted', got, 'it was required')
        : found('ignored by the authenticator', got, 'it keeps no file')
    }
    if ('write' in input)
      return found(
        blob.written === true ? 'honoured' : 'ignored by the authenticator',
        `written: ${brief(blob.written)}`,
        blob.written === true ? '' : 'it had no room, or keeps no file',
      )
    if (blob.blob === notKept) return found('honoured', 'a blob', 'it was not kept')
    if (typeof blob.blob === 'string')
      return found('honoured', count(fromBase64url(blob.blob)?.length ?? 0, 'byte'), '')
    return found('ignored by the authenticator', 'no blob', 'nothing is kept with this passkey')
  },
  'extensions.credentialProtectionPolicy': (asked, { authenticator }) => {
    const level = policies.indexOf(String(asked)) + 1
    const got = authenticator.get('credProtect')
    if (typeof got !== 'number') {
      return level === 1
        ? found('honoured', undefined, 'level 1 is what holds without it')
        : found('ignored by the authenticator', undefined, 'it protects no passkeys so')
    }
    if (got === level) return found('honoured', `level ${got}`, 'credProtect in the authenticator data')
    return got > level
      ? found('ignored by the authenticator', `level ${got}`, 'it protects more than it was asked to')
      : found('contradicted', `level ${got}`, 'it protects less')
  },
  'extensions.enforceCredentialProtectionPolicy': (asked, { asked: all, authenticator }) => {
    const policy = policies.indexOf(String(all['extensions.credentialProtectionPolicy'])) + 1
    if (policy === 0) return found('ignored by the browser', undefined, 'no policy is set that it could enforce')
    if (asked !== true) return found('honoured', undefined, 'nothing was to be enforced')
    if (policy === 1) return found('honoured', undefined, 'level 1 needs nothing enforced')
    const level = authenticator.get('credProtect')
    return typeof level === 'number' && level >= policy
      ? found('honoured', `level ${level}`, 'the passkey is protected as enforced')
      : found(
          'contradicted',
          level === undefined ? undefined : `level ${brief(level)}`,
          'a passkey was made without the protection',
        )
  },
  'extensions.credBlob': (_, { client, authenticator }) => {
    const kept = authenticator.get('credBlob') ?? client.credBlob
    if (kept === true) return found('honoured', 'true', 'kept with the passkey')
    return found(
      'ignored by the authenticator',
      kept === undefined ? undefined : brief(kept),
      kept === false ? 'it has no room for that much' : 'it keeps no bytes',
    )
  },
  'extensions.getCredBlob': (_, { client, authenticator }) => {
    const blob = authenticator.get('credBlob') ?? client.getCredBlob
    if (blob instanceof Uint8Array && blob.length > 0)
      return found('honoured', count(blob.length, 'byte'), 'credBlob in the authenticator data')
    if (typeof blob === 'string' && blob) return found('honoured', count(fromBase64url(blob)?.length ?? 0, 'byte'), '')
    return found(
      'ignored by the authenticator',
      blob === undefined ? undefined : 'no bytes',
      'nothing is kept with this passkey',
    )
  },
  'extensions.minPinLength': (_, { client, authenticator }) => {
    const length = authenticator.get('minPinLength') ?? client.minPinLength
    return typeof length === 'number'
      ? found('honoured', count(length, 'character'), '')
      : found('ignored by the authenticator', undefined, 'it tells only the relying parties that it is set up for')
  },
  'extensions.appid': (_, { client }) => {
    if (client.appid === true) return found('honoured', 'true', 'a U2F credential answered')
    return client.appid === false
      ? found('honoured', 'false', 'a passkey answered: the AppID was not needed')
      : byBrowser
  },
  'extensions.appidExclude': (_, { client }) =>
    client.appidExclude === true ? found('honoured', 'true', 'no U2F credential of it is there') : byBrowser,
}

const policies = [
  'userVerificationOptional',
  'userVerificationOptionalWithCredentialIDList',
  'userVerificationRequired',
]

const byBrowser = found('ignored by the browser', undefined, 'it says nothing of it: it does not know this extension')

/** Judges an extension that is none of the catalogue’s, by its name. */
export function unknownExtension(name: string, { client, authenticator }: Evidence): Finding {
  if (Object.hasOwn(client, name)) return found('honoured', brief(client[name]), 'the browser answers of it')
  if (authenticator.has(name))
    return found('honoured', brief(authenticator.get(name)), 'the authenticator answers of it')
  return found('ignored by the browser', undefined, 'neither the browser nor the authenticator says anything of it')
}
