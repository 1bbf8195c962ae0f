import { level3 } from '../specifications.ts'
import { type LintRule, withChosen } from './rule.ts'

const mediationSource = 'https://www.w3.org/TR/credential-management-1/#mediation-requirements'
const conditionalCreate = `${level3}#sctn-createCredential`

const unsetMediation = (ceremony: LintRule['ceremony']): NonNullable<LintRule['mend']> => ({
  label: 'Unset it',
  change: (chosen) => withChosen(chosen, ceremony, 'mediation', undefined),
})

/** Whether a dialogue is shown, and when. */
export const mediationRules: readonly LintRule[] = [
  {
    id: 'silent-get',
    severity: 'warning',
    ceremony: 'authentication',
    applies: ({ authentication: { mediation } }) =>
      mediation === 'silent'
        ? 'mediation: silent finds no passkey, as each needs a person: by the specification the answer is null. Firefox refuses it (NotSupportedError), Chromium takes no notice and asks.'
        : undefined,
    members: ['mediation'],
    mend: unsetMediation('authentication'),
    source: 'https://www.w3.org/TR/credential-management-1/#abstract-opdef-request-a-credential',
  },
  {
    id: 'conditional-with-registered',
    severity: 'warning',
    ceremony: 'authentication',
    applies: ({ authentication: { mediation, allowCredentials } }) =>
      mediation === 'conditional' && allowCredentials === 'registered'
        ? 'mediation: conditional with allowCredentials: registered: the field asks before a user is named, so that there is nobody whose passkeys could be listed, and everybody’s are offered.'
        : undefined,
    members: ['mediation', 'allowCredentials'],
    mend: {
      label: 'Leave it out',
      change: (chosen) => withChosen(chosen, 'authentication', 'allowCredentials', undefined),
    },
    source: mediationSource,
  },
  {
    id: 'conditional-with-list',
    severity: 'note',
    ceremony: 'authentication',
    applies: ({ authentication: { mediation, allowCredentials } }) =>
      mediation === 'conditional' && Array.isArray(allowCredentials) && allowCredentials.length > 0
        ? 'mediation: conditional with allowCredentials: the field offers those of the list that are discoverable, and where there is none of them nothing at all.'
        : undefined,
    members: ['mediation', 'allowCredentials'],
    mend: {
      label: 'Leave it out',
      change: (chosen) => withChosen(chosen, 'authentication', 'allowCredentials', undefined),
    },
    source: `${level3}#sctn-discover-from-external-source`,
  },
  {
    id: 'conditional-with-verification',
    severity: 'note',
    ceremony: 'authentication',
    applies: ({ authentication: { mediation, userVerification } }) =>
      mediation === 'conditional' && userVerification === 'required'
        ? 'mediation: conditional with userVerification: required: a device that cannot verify just now may offer nothing, or ask for its PIN after the choice.'
        : undefined,
    members: ['mediation', 'userVerification'],
    mend: {
      label: 'Prefer it',
      change: (chosen) => withChosen(chosen, 'authentication', 'userVerification', 'preferred'),
    },
    source: `${level3}#enum-userVerificationRequirement`,
  },
  {
    id: 'conditional-with-timeout',
    severity: 'note',
    ceremony: 'authentication',
    applies: ({ authentication: { mediation, timeout } }) =>
      mediation === 'conditional' && typeof timeout === 'number'
        ? 'mediation: conditional with timeout: the timeout counts for nothing, as the offer in the field lasts as long as the page.'
        : undefined,
    members: ['mediation', 'timeout'],
    mend: { label: 'Unset timeout', change: (chosen) => withChosen(chosen, 'authentication', 'timeout', undefined) },
    source: `${level3}#sctn-discover-from-external-source`,
  },
  {
    id: 'conditional-create',
    severity: 'note',
    ceremony: 'registration',
    applies: ({ registration: { mediation } }) =>
      mediation === 'conditional'
        ? 'mediation: conditional makes a passkey without a dialogue where the person has agreed before, as after a password was filled in; else it is refused. UP and UV may be 0.'
        : undefined,
    members: ['mediation'],
    mend: unsetMediation('registration'),
    source: conditionalCreate,
  },
  {
    id: 'conditional-create-with-verification',
    severity: 'warning',
    ceremony: 'registration',
    applies: ({ registration }) =>
      registration.mediation === 'conditional' && registration['authenticatorSelection.userVerification'] === 'required'
        ? 'mediation: conditional with userVerification: required: without a dialogue nobody is verified, and the server refuses what comes without UV.'
        : undefined,
    members: ['mediation', 'authenticatorSelection.userVerification'],
    mend: {
      label: 'Prefer it',
      change: (chosen) => withChosen(chosen, 'registration', 'authenticatorSelection.userVerification', 'preferred'),
    },
    source: conditionalCreate,
  },
  {
    id: 'mediation-of-create',
    severity: 'warning',
    ceremony: 'registration',
    applies: ({ registration: { mediation } }) =>
      mediation === 'silent'
        ? 'mediation: silent has no meaning in create(): Firefox refuses it (NotSupportedError), Chromium takes no notice.'
        : mediation === 'optional' || mediation === 'required'
          ? `mediation: ${mediation} changes nothing in create(): only conditional has a meaning there.`
          : undefined,
    members: ['mediation'],
    mend: unsetMediation('registration'),
    source: mediationSource,
  },
]
