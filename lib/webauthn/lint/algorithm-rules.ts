import { algorithmName, algorithmOf } from '../algorithms.ts'
import { level3 } from '../specifications.ts'
import { type Chosen, type LintRule, listOf, withChosen } from './rule.ts'

const path = 'pubKeyCredParams'
const es256 = -7
const source = `${level3}#dom-publickeycredentialcreationoptions-pubkeycredparams`
/** Which platforms know which, as a browser’s makers have found. */
const advice = 'https://chromium.googlesource.com/chromium/src/+/main/content/browser/webauth/pub_key_cred_params.md'
const ceremony = 'registration'

const asked = (chosen: Chosen) => listOf(chosen.registration[path]).filter((id) => typeof id === 'number')
const isRsa = (id: number) => algorithmOf(id)?.kty === 3
const isMlDsa = (id: number) => algorithmOf(id)?.kty === 7

const withEs256 = (chosen: Chosen) => withChosen(chosen, ceremony, path, [...asked(chosen), es256])

/** What signature algorithms authenticators know, and in which order they are tried. */
export const algorithmRules: readonly LintRule[] = [
  {
    id: 'rsa-only',
    severity: 'warning',
    ceremony,
    applies(chosen) {
      const ids = asked(chosen)
      return ids.length && ids.every(isRsa)
        ? 'RSA alone: Windows Hello signs with it, most phones and security keys do not.'
        : undefined
    },
    members: [path],
    mend: { label: 'Add ES256', change: withEs256 },
    source: advice,
  },
  {
    id: 'ml-dsa-only',
    severity: 'warning',
    ceremony,
    applies(chosen) {
      const ids = asked(chosen)
      return ids.length && ids.every(isMlDsa)
        ? `${ids.map(algorithmName).join(', ')} alone: an authenticator that does not know ML-DSA, as almost all today, makes no passkey.`
        : undefined
    },
    members: [path],
    mend: { label: 'Add ES256', change: withEs256 },
    source: 'https://www.iana.org/assignments/cose/cose.xhtml#algorithms',
  },
  {
    id: 'ml-dsa-first',
    severity: 'note',
    ceremony,
    applies(chosen) {
      const [first, ...rest] = asked(chosen)
      const next = rest.find((id) => !isMlDsa(id))
      return first !== undefined && isMlDsa(first) && next !== undefined
        ? `${algorithmName(first)} first: where the authenticator does not know it, ${algorithmName(next)} is used.`
        : undefined
    },
    members: [path],
    source,
  },
  {
    id: 'no-es256',
    severity: 'warning',
    ceremony,
    applies(chosen) {
      const ids = asked(chosen)
      return ids.length && !ids.includes(es256) && !ids.every(isRsa) && !ids.every(isMlDsa)
        ? 'No ES256: it is the one algorithm that nearly every authenticator knows.'
        : undefined
    },
    members: [path],
    mend: { label: 'Add ES256', change: withEs256 },
    source: advice,
  },
]
