import type { RegisterFinished, RegistrationResponse } from '#lib/contract/passkeys.ts'
import { providerOf } from '#lib/webauthn/aaguid.ts'
import type { UserVerification } from '#lib/webauthn/options.ts'
import type { Vouching } from '#lib/webauthn/verify/vouching.ts'
import { attestationPolicyOf } from '../attestation/policy.ts'
import { assessTrust } from '../attestation/trust.ts'
import { type Change, record, writeToRecord } from '../audit/audit.ts'
import { type Caller, concerning, placeOf } from '../caller.ts'
import { newId } from '../ids.ts'
import { Problem } from '../problem.ts'
import { relyingPartyOf } from '../tenants/relying-party.ts'
import { writesToCount } from '../usage/count.ts'
import { writeToTell } from '../webhooks/tell.ts'
import { wakeSender } from '../webhooks/wake.ts'
import type { StoredCeremony } from './ceremonies/store.ts'
import { find, take, unknownCeremony, userHandleOf } from './ceremony.ts'
import { alreadyRegistered, refusal, visibleChecks } from './explain.ts'
import { judgeRegistration } from './judge-registration.ts'
import { type NewPasskey, type Noted, savePasskey, type Within } from './registered/store.ts'
import { findPasskey } from './store.ts'
import { passkeyGone } from './user-token.ts'
import { passkeyView, userView } from './view.ts'

interface Options {
  rp: { id: string }
  user: { id: string }
  challenge: string
  pubKeyCredParams: { alg: number }[]
  authenticatorSelection?: { userVerification?: UserVerification }
  extensions?: Record<string, unknown>
}

/** Ends a registration ceremony and keeps the new passkey: `register`, as the API answers it. */
export async function finishRegistration(
  ...[caller, request, within]: Parameters<typeof register>
): Promise<RegisterFinished> {
  const { user, passkey, checks } = await register(caller, request, within)
  return { user: userView(user), passkey: passkeyView(passkey), checks: visibleChecks(caller, checks) }
}

/**
 * Ends a registration ceremony and keeps the new passkey: whose it is, and whether the authenticator verified them.
 *
 * Policy comes from the options we issued: the response is only the caller's word. It is accepted only if no check fails,
 * and SimpleWebAuthn refuses nothing but a listed difference. Either way the ceremony is taken before anybody is told: of
 * many at once one learns what comes of it, and to the others it is unknown.
 *
 * @param within what is kept together with the passkey, or not at all; by default its event in the audit log
 * @throws Problem ceremony_unknown, verification_failed, passkey_exists, user_exists, token_invalid where the passkey that
 *   allowed a further one is gone
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
export async function register(
  caller: Caller,
  request: { ceremonyId: string; credential: RegistrationResponse },
  within?: Within,
) {
  const ceremony = await find(caller, request.ceremonyId, 'registration')
  concerning(caller, { id: null, username: ceremony.username })
  const { checks, passkey, taken, userVerified } = await judge(caller, ceremony, request.credential)
  const failures = checks.filter((check) => check.outcome === 'fail')
  const isGood = failures.length === 0 && passkey !== undefined
  // Of a good one the commit that keeps the passkey takes it, too, unless there is more that may refuse.
  if (!isGood || within) await take(ceremony)
  if (taken && failures.every((check) => check.id === 'credential-not-registered'))
    throw alreadyRegistered(caller, checks)
  if (!isGood) throw refusal(caller, 'registration', checks)
  const user = { id: ceremony.userId ?? '', username: ceremony.username ?? '', displayName: ceremony.displayName ?? '' }
  const noted = notedOf(caller, user, passkey, within === undefined)
  const together = within ? { noted, within } : { noted, ceremony }
  const kept = await savePasskey(placeOf(caller), user, passkey, ceremony, together)
  if (kept === 'ceremony_gone') throw unknownCeremony('registration')
  if (kept === 'passkey_exists') throw alreadyRegistered(caller, checks)
  if (kept === 'user_gone')
    throw new Problem('ceremony_unknown', `${ceremony.username} was deleted meanwhile. Begin again.`)
  if (kept === 'allowance_gone') throw passkeyGone('permission for this one')
  if (kept === 'user_exists') {
    throw new Problem(
      'user_exists',
      `${ceremony.username} has a passkey here already. Choose another username, or sign in with that passkey.`,
    )
  }
  wakeSender()
  concerning(caller, kept.user)
  return { user: kept.user, passkey: kept, userVerified, checks }
}

/** Its event in the audit log. */
export function recorded(caller: Caller): Within {
  return (tx, user, passkey) => record(tx, caller.actor, registered(caller, user, passkey))
}

type About = Parameters<Within>

function registered(caller: Caller, user: About[1], passkey: About[2]): Change {
  return {
    ...placeOf(caller),
    action: 'passkey.registered',
    target: { id: passkey.id, name: passkey.name },
    user,
    after: { name: passkey.name, username: user.username },
  }
}

/** What is written beside a passkey: what webhooks are told, and its event in the audit log. */
function notedOf(caller: Caller, user: About[1], passkey: About[2], audited: boolean): Noted {
  const place = placeOf(caller)
  const of = { userId: user.id, username: user.username }
  return {
    ifFirst: [writeToTell(place, 'user.created', of)],
    always: [
      writeToTell(place, 'passkey.registered', { passkeyId: passkey.id, name: passkey.name, ...of }),
      ...(audited ? [writeToRecord(caller.actor, registered(caller, user, passkey))] : []),
    ],
    counting: () => writesToCount(caller),
  }
}

async function judge(caller: Caller, ceremony: StoredCeremony, credential: RegistrationResponse) {
  const options = JSON.parse(ceremony.options) as Options
  const expected = {
    challenge: options.challenge,
    origins: relyingPartyOf(caller.tenant).origins,
    rpId: options.rp.id,
    userVerification: options.authenticatorSelection?.userVerification ?? ('preferred' as const),
    algorithms: options.pubKeyCredParams.map(({ alg }) => alg),
    conditional: ceremony.mediation === 'conditional',
    extensions: Object.keys(options.extensions ?? {}),
    attestation: await attestationPolicyOf(caller.tenant.id),
  }
  const holderOf = async (credentialId: string) => {
    const held = await findPasskey(placeOf(caller), credentialId)
    return held ? (held.userId === ceremony.userId ? 'same-user' : 'other-user') : 'no'
  }
  const trustIn = (vouching: Vouching) => assessTrust(vouching, caller.tenant.id)
  const judged = await judgeRegistration(credential, expected, holderOf, trustIn)
  return {
    checks: judged.checks,
    taken: judged.registered !== 'no',
    userVerified: judged.authenticatorData?.flags.uv === true,
    passkey: passkeyOf(credential, judged, { rpId: options.rp.id, userHandle: chosenHandle(ceremony, options) }),
  }
}

/** The user handle that was sent, where it is not the user's own. */
function chosenHandle({ userId }: StoredCeremony, { user }: Options): string | null {
  return user.id === userHandleOf(userId ?? '') ? null : user.id
}

function passkeyOf(
  credential: RegistrationResponse,
  { authenticatorData: value, format, trust }: Awaited<ReturnType<typeof judgeRegistration>>,
  asked: Pick<NewPasskey, 'rpId' | 'userHandle'>,
): NewPasskey | undefined {
  const attested = value?.attestedCredentialData
  if (!value || !attested?.publicKey || !format) return undefined
  const { be, bs } = value.flags
  const transports = (credential.response.transports ?? []).filter((transport) => /^[a-z-]{1,32}$/.test(transport))
  return {
    id: newId('psk'),
    ...asked,
    credentialId: Buffer.from(attested.credentialId).toString('base64url'),
    publicKey: Uint8Array.from(attested.credentialPublicKey),
    algorithm: attested.publicKey.alg,
    signCount: BigInt(value.signCount),
    name: providerOf(attested.aaguid) ?? (be ? 'Synced passkey' : 'Passkey on one device'),
    aaguid: attested.aaguid,
    transports: [...new Set(transports)].join(' '),
    backupEligible: be,
    backedUp: bs,
    attestationFormat: format,
    attestationTrusted: trust.trusted,
    attestationSource: trust.source,
    attestationRoot: trust.root,
    attestationStatus: trust.status.join(' '),
    attestationDescription: trust.description,
  }
}
