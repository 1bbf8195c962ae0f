import { level3 } from '../specifications.ts'
import { type LintRule, listOf, withChosen } from './rule.ts'

const ceremony = 'registration'
const formats = 'attestationFormats'
const formatsSource = `${level3}#dom-publickeycredentialcreationoptions-attestationformats`

/** What the authenticator is asked to state about itself. */
export const attestationRules: readonly LintRule[] = [
  {
    id: 'attestation-with-none-first',
    severity: 'warning',
    ceremony,
    applies({ registration: { attestation, [formats]: wanted } }) {
      return attestation !== undefined && attestation !== 'none' && listOf(wanted)[0] === 'none'
        ? `attestation: ${attestation} asks for a statement, and attestationFormats would like none best.`
        : undefined
    },
    members: ['attestation', formats],
    mend: {
      label: 'Leave none out',
      change: (chosen) => {
        const rest = listOf(chosen.registration[formats]).filter((format) => format !== 'none')
        return withChosen(chosen, ceremony, formats, rest.length ? rest : undefined)
      },
    },
    source: formatsSource,
  },
  {
    id: 'formats-without-attestation',
    severity: 'warning',
    ceremony,
    applies({ registration: { attestation, [formats]: wanted } }) {
      return listOf(wanted).some((format) => format !== 'none') && (attestation === undefined || attestation === 'none')
        ? 'attestationFormats without attestation: the browser asks for none, and puts “none” in the list’s place.'
        : undefined
    },
    members: ['attestation', formats],
    mend: { label: 'Ask for direct', change: (chosen) => withChosen(chosen, ceremony, 'attestation', 'direct') },
    source: formatsSource,
  },
  {
    id: 'attestation-enterprise',
    severity: 'note',
    ceremony,
    applies: ({ registration: { attestation } }) =>
      attestation === 'enterprise'
        ? 'attestation: enterprise is given only where the browser or the authenticator is set up to allow it for this RP ID.'
        : undefined,
    members: ['attestation'],
    mend: { label: 'Ask for direct', change: (chosen) => withChosen(chosen, ceremony, 'attestation', 'direct') },
    source: `${level3}#dom-attestationconveyancepreference-enterprise`,
  },
]
