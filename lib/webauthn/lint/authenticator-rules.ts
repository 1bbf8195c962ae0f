import { level3 } from '../specifications.ts'
import { inBoth, type LintRule, listOf, withChosen } from './rule.ts'

const ceremony = 'registration'
const residentKey = 'authenticatorSelection.residentKey'
const requireResidentKey = 'authenticatorSelection.requireResidentKey'
const attachment = 'authenticatorSelection.authenticatorAttachment'
const verification = { registration: 'authenticatorSelection.userVerification', authentication: 'userVerification' }

const attachmentOf: Readonly<Record<string, string>> = {
  'security-key': 'cross-platform',
  hybrid: 'cross-platform',
  'client-device': 'platform',
}

/** Which authenticator is asked for, and what of it. */
export const authenticatorRules: readonly LintRule[] = [
  {
    id: 'resident-key-on-security-key',
    severity: 'warning',
    ceremony,
    applies: ({ registration }) =>
      registration[residentKey] === 'required' && listOf(registration.hints).includes('security-key')
        ? 'residentKey: required with hint security-key: each such passkey takes one of the key’s few slots, and a key that has none left refuses.'
        : undefined,
    members: [residentKey, 'hints'],
    mend: { label: 'Prefer it', change: (chosen) => withChosen(chosen, ceremony, residentKey, 'preferred') },
    source: `${level3}#sctn-credential-storage-modality`,
  },
  {
    id: 'resident-key-contradiction',
    severity: 'warning',
    ceremony,
    applies({ registration: { [residentKey]: wanted, [requireResidentKey]: required } }) {
      if (wanted === undefined || typeof required !== 'boolean' || required === (wanted === 'required'))
        return undefined
      return `requireResidentKey: ${required} beside residentKey: ${wanted}: browsers follow residentKey, those of Level 1 follow the other.`
    },
    members: [residentKey, requireResidentKey],
    mend: {
      label: 'Make them agree',
      change: (chosen) =>
        withChosen(chosen, ceremony, requireResidentKey, chosen.registration[residentKey] === 'required' || undefined),
    },
    source: `${level3}#dom-authenticatorselectioncriteria-requireresidentkey`,
  },
  {
    id: 'no-usernameless-sign-in',
    severity: 'note',
    ceremony,
    applies: ({ registration, authentication }) =>
      registration[residentKey] === 'discouraged' &&
      (authentication.mediation === 'conditional' || authentication.allowCredentials === 'none')
        ? 'residentKey: discouraged: a sign-in without a list of credentials may not find this passkey.'
        : undefined,
    members: [residentKey],
    mend: { label: 'Require it', change: (chosen) => withChosen(chosen, ceremony, residentKey, 'required') },
    source: `${level3}#discoverable-credential`,
  },
  {
    id: 'hints-against-attachment',
    severity: 'warning',
    ceremony,
    applies({ registration: { [attachment]: wanted, hints } }) {
      const first = listOf(hints)[0]
      const fitting = attachmentOf[String(first)]
      return wanted !== undefined && fitting !== undefined && fitting !== wanted
        ? `hint ${first} against authenticatorAttachment: ${wanted}: browsers that know hints follow the hint, the others the attachment.`
        : undefined
    },
    members: [attachment, 'hints'],
    mend: {
      label: 'Follow the hint',
      change: (chosen) =>
        withChosen(chosen, ceremony, attachment, attachmentOf[String(listOf(chosen.registration.hints)[0])]),
    },
    source: `${level3}#enum-hints`,
  },
  ...inBoth((ceremony) => ({
    id: 'verification-unset',
    severity: 'note',
    applies: (chosen) =>
      chosen[ceremony][verification[ceremony]] === undefined
        ? 'userVerification is unset, which means preferred: the person is verified where the authenticator can, and the flag UV says whether it was.'
        : undefined,
    members: [],
    source: `${level3}#enum-userVerificationRequirement`,
  })),
  ...inBoth((ceremony) => ({
    id: 'prf-without-verification',
    severity: 'warning',
    applies: (chosen) =>
      chosen[ceremony]['extensions.prf'] !== undefined && chosen[ceremony][verification[ceremony]] === 'discouraged'
        ? 'userVerification: discouraged with prf: a security key’s PRF is the one of a verified person, so that the browser may verify all the same.'
        : undefined,
    members: ['extensions.prf', verification[ceremony]],
    mend: {
      label: 'Require it',
      change: (chosen) => withChosen(chosen, ceremony, verification[ceremony], 'required'),
    },
    source: `${level3}#prf-extension`,
  })),
]
