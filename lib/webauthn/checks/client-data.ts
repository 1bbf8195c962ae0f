import type { ClientData } from '../decode/index.ts'
import { brief, compared } from './brief.ts'
import type { CeremonyContext } from './context.ts'
import { type Step, skipped, type Verdict, verdict, wellFormed } from './step.ts'

/** Judges the client data, or says that there is none to judge. */
function given(
  expected: (context: CeremonyContext) => string,
  judge: (clientData: ClientData, context: CeremonyContext) => Verdict,
) {
  return (context: CeremonyContext) => {
    const clientData = context.clientData.value
    return clientData ? judge(clientData, context) : skipped(expected(context), 'the client data does not decode')
  }
}

const ceremonyType = (type: string, place: Pick<Step<CeremonyContext>, 'registration' | 'authentication'>) => ({
  id: 'type',
  title: 'Ceremony type',
  ...place,
  evaluate: given(
    () => type,
    (clientData) => verdict(clientData.type === type, type, brief(clientData.type)),
  ),
})

/** The steps on the client data, which the browser wrote. */
export const clientDataSteps: readonly Step<CeremonyContext>[] = [
  {
    id: 'client-data-json',
    title: 'Client data',
    registration: { step: 6 },
    authentication: { step: 9 },
    evaluate: ({ clientData }) => wellFormed(clientData, 'well-formed JSON'),
  },
  ceremonyType('webauthn.create', { registration: { step: 7 } }),
  ceremonyType('webauthn.get', { authentication: { step: 10 } }),
  {
    // Compared as text: the browser writes exactly one encoding of the bytes, so padding or the other alphabet means
    // that somebody else wrote this.
    id: 'challenge',
    title: 'Challenge',
    registration: { step: 8 },
    authentication: { step: 11 },
    evaluate: given(
      ({ expected }) => compared(expected.challenge, undefined).expected,
      (clientData, { expected }) => {
        const { challenge } = clientData
        const texts = compared(expected.challenge, challenge)
        return verdict(
          expected.challenge !== '' && challenge === expected.challenge,
          texts.expected,
          challenge === expected.challenge ? 'the same' : texts.actual,
        )
      },
    ),
  },
  {
    // Compared as text, never parsed: https://www.w3.org/TR/webauthn-3/#sctn-validating-origin
    id: 'origin',
    title: 'Origin',
    registration: { step: 9, anchor: 'rp-op-registering-a-new-credential-step-origin' },
    authentication: { step: 12, anchor: 'rp-op-verifying-assertion-step-origin' },
    evaluate: given(
      ({ expected }) => expected.origins.join(' or '),
      ({ origin }, { expected }) =>
        verdict(
          typeof origin === 'string' && expected.origins.includes(origin),
          expected.origins.join(' or '),
          brief(origin),
        ),
    ),
  },
  {
    // This relying party is never framed, so that a frame is somebody else's page.
    id: 'cross-origin',
    title: 'Not in a cross-origin frame',
    registration: { step: 10 },
    authentication: { step: 13 },
    evaluate: given(
      () => 'false or absent',
      (clientData) =>
        verdict(
          !Object.hasOwn(clientData, 'crossOrigin') || clientData.crossOrigin === false,
          'false or absent',
          brief(clientData.crossOrigin),
        ),
    ),
  },
  {
    id: 'top-origin',
    title: 'No top origin',
    registration: { step: 11 },
    authentication: { step: 14 },
    evaluate: given(
      () => 'absent',
      (clientData) => verdict(!Object.hasOwn(clientData, 'topOrigin'), 'absent', brief(clientData.topOrigin)),
    ),
  },
]
