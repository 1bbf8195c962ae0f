import { toBase64url } from '../decode/bytes.ts'
import { brief, compared } from './brief.ts'
import type { AuthenticationContext, CeremonyContext, RegistrationContext } from './context.ts'
import { type Step, skipped, verdict } from './step.ts'

/** A credential ID of no bytes names nothing; the upper bound is the specification's. */
const longestId = 1023

const expectedIds = 'id, rawId and the authenticator’s ID the same'

/** The credential's outer type. */
export const credentialSteps: readonly Step<CeremonyContext>[] = [
  {
    id: 'credential-type',
    title: 'Credential type',
    registration: { anchor: 'enumdef-publickeycredentialtype' },
    authentication: { anchor: 'enumdef-publickeycredentialtype' },
    evaluate: ({ credential }) => verdict(credential.type === 'public-key', 'public-key', brief(credential.type)),
  },
]

/** The ID of a new credential. */
export const newCredentialSteps: readonly Step<RegistrationContext>[] = [
  {
    // What is signed is the ID inside the authenticator data; the outer ones are the browser's word.
    id: 'credential-id',
    title: 'Credential ID',
    registration: { anchor: 'iface-pkcredential' },
    evaluate: ({ credential: { id, rawId }, authenticatorData }) => {
      const attested = authenticatorData?.value?.attestedCredentialData?.credentialId
      if (id !== rawId) return verdict(false, expectedIds, `id ${brief(id)}, rawId ${brief(rawId)}`)
      if (!attested) return skipped(expectedIds, 'the authenticator data holds no credential')
      const inside = toBase64url(attested)
      const texts = compared(inside, id)
      if (id !== inside) return verdict(false, expectedIds, `outside ${texts.actual}, inside ${texts.expected}`)
      return verdict(true, expectedIds, texts.actual)
    },
  },
  {
    id: 'credential-id-length',
    title: 'Length of the credential ID',
    registration: { step: 25 },
    evaluate: ({ authenticatorData }) => {
      const expected = `1 to ${longestId} bytes`
      const length = authenticatorData?.value?.attestedCredentialData?.credentialId.length
      if (length === undefined) return skipped(expected, 'the authenticator data holds no credential')
      return verdict(length >= 1 && length <= longestId, expected, `${length} bytes`)
    },
  },
  {
    // Else whoever has seen an ID and its public key could register them as their own, and be signed in to.
    id: 'credential-not-registered',
    title: 'Not registered yet',
    registration: { step: 26 },
    evaluate: ({ registered }) =>
      verdict(
        registered === 'no',
        'a new credential',
        { no: 'new', 'same-user': 'registered for this user', 'other-user': 'registered for another user' }[registered],
      ),
  },
]

/** Which stored passkey answered, and whose it is. */
export const knownCredentialSteps: readonly Step<AuthenticationContext>[] = [
  {
    id: 'credential-id',
    title: 'Credential ID',
    authentication: { anchor: 'iface-pkcredential' },
    evaluate: ({ credential: { id, rawId } }) => {
      const texts = compared(id, rawId)
      return id === ''
        ? verdict(false, 'an ID', 'empty')
        : verdict(id === rawId, `id and rawId the same: ${texts.expected}`, texts.actual)
    },
  },
  {
    id: 'allow-credentials',
    title: 'Allowed credential',
    authentication: { step: 5 },
    evaluate: ({ credential, expected: { allowCredentials = [] } }) =>
      allowCredentials.length === 0
        ? verdict(true, 'any credential', brief(credential.id))
        : verdict(
            allowCredentials.includes(credential.id),
            `one of the ${allowCredentials.length} allowed`,
            brief(credential.id),
          ),
  },
  {
    id: 'credential-known',
    title: 'Registered credential',
    authentication: { step: 6 },
    evaluate: ({ passkey }) =>
      verdict(passkey !== null, 'registered here', passkey ? 'registered here' : 'not registered here'),
  },
  {
    id: 'credential-owner',
    title: 'Owner of the credential',
    authentication: { step: 6 },
    evaluate: ({ passkey, expected: { user } }) => {
      if (!user) return skipped('whoever the user handle names', 'no user was named')
      if (!passkey) return skipped('the named user', 'the credential is not registered here')
      const owned = passkey.userId === user.id
      return verdict(owned, 'the named user', owned ? 'the named user' : 'another user')
    },
  },
  {
    // No handle has zero bytes; a client that knows none sends an empty one.
    // https://www.w3.org/TR/webauthn-3/#user-handle
    id: 'user-handle',
    title: 'User handle',
    authentication: { step: 6 },
    evaluate: ({ userHandle, passkey, expected: { user, allowCredentials = [] } }) => {
      if (!userHandle) {
        if (user) return verdict(true, 'the named user’s, or absent', 'absent')
        const unnamed = allowCredentials.length > 0 ? 'the allowed credentials are not one user’s' : 'no user was named'
        return verdict(false, `present, as ${unnamed}`, 'absent')
      }
      const owner = user?.handle ?? passkey?.userHandle
      if (owner === undefined) return skipped('the owner’s', 'the credential is not registered here')
      const texts = compared(owner, userHandle)
      return verdict(userHandle === owner, texts.expected, texts.actual)
    },
  },
]
