import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { _decodeClientDataJSONInternals as decoding } from '@simplewebauthn/server/helpers'
import { withKnownMaker, withoutModel } from './shown.ts'

/** A registration as it is shown in the place of the one that was sent. */
export type Change = (response: RegistrationResponseJSON) => RegistrationResponseJSON

/** A question to SimpleWebAuthn, of a registration with these changes. */
export type Ask = (...changes: Change[]) => Promise<{ verified: boolean }>

/** Something that SimpleWebAuthn refuses and the specification does not. */
export interface Difference {
  /** What it is, for people: “it refuses …”. */
  refuses: string
  /** Why that is no reason to refuse. */
  because: string
  /** How its message begins; what a client sent can only come later in it. */
  says: RegExp
  /** Asks again with that out of the way, so that whatever else it refuses still counts. Absent: it cannot be. */
  waive?: (ask: Ask) => ReturnType<Ask>
}

/**
 * All differences: where SimpleWebAuthn refuses for one of these reasons, and for no other, the steps of the specification
 * decide. What it refuses besides is refused.
 */
export const differences: readonly Difference[] = [
  {
    // It takes “not-supported” at registration and “notSupported” at sign-in: a passkey could be made and never used.
    refuses: 'a tokenBinding',
    because: 'WebAuthn Level 3 reserves the member and gives it no meaning',
    says: /^(?:Unexpected (?:value for )?|ClientDataJSON )tokenBinding/i,
    waive: withoutTokenBinding,
  },
  {
    // Its CBOR reader knows no half-precision floats, and it measures extensions by writing them again, where a float may
    // come out shorter.
    refuses: 'a float among the extension outputs, which it cannot read',
    because: 'the outputs of extensions that nobody acts on may be anything',
    says: /^(?:Float16 data is unsupported|Leftover bytes detected)/,
  },
  {
    refuses: 'a TPM whose maker is not on its list',
    because: 'WebAuthn has none: whether anybody vouches for a maker, its root tells',
    says: /^Could not match TPM manufacturer "id:[\dA-Fa-f]{8}" \(TPM\)$/,
    waive: (ask) => ask(withKnownMaker),
  },
  {
    // No statement of U2F signs it: `modelFault` lets nobody vouch for one.
    refuses: 'an AAGUID beside a U2F statement',
    because: 'WebAuthn §8.6 does not look at it; nobody vouches for that model',
    says: /^AAGUID "/,
    waive: (ask) => ask(withoutModel),
  },
]

/** The difference that a refusal is, if it is one. */
export function differenceIn(error: unknown): Difference | undefined {
  return error instanceof Error ? differences.find(({ says }) => says.test(error.message)) : undefined
}

/**
 * SimpleWebAuthn has no setting for it, so what it reads of the client data is changed where it reads it. That happens
 * before anything is awaited, and so for this one question only.
 */
function withoutTokenBinding(ask: Ask): ReturnType<Ask> {
  const { stubThis } = decoding
  decoding.stubThis = ({ tokenBinding: _, ...clientData }) => clientData
  try {
    return ask()
  } finally {
    decoding.stubThis = stubThis
  }
}
