import { algorithmName } from '#lib/webauthn/algorithms.ts'
import type { Evidence } from './evidence.ts'
import { asSpecified, differs, failedVerdict, notSupported, type Verdict } from './verdict.ts'

type Evidences = readonly Evidence[]

export function noneAttested(evidence: Evidences): Verdict {
  const failed = failedVerdict(evidence)
  if (failed) return failed
  const { format, certified } = evidence[0]?.answer ?? {}
  if (certified) return differs(`The format is ${format}, with a certificate that nobody asked for.`)
  return format === 'none'
    ? asSpecified('The format is none.')
    : asSpecified(`The format is ${format}, signed by the passkey itself: it tells nothing of the maker.`)
}

export function directlyAttested(evidence: Evidences): Verdict {
  const failed = failedVerdict(evidence)
  if (failed) return failed
  const { format, certified } = evidence[0]?.answer ?? {}
  if (format === 'none')
    return notSupported('The format is none: the authenticator, or the person, gives no statement.')
  return asSpecified(
    `The format is ${format}, ${certified ? 'with certificates' : 'without certificates'}, and it verifies.`,
  )
}

export function eachItself(evidence: Evidences): Verdict {
  const failed = failedVerdict(evidence)
  if (failed) return failed
  const [, ...signIns] = evidence
  if (signIns.some(({ rightUser }) => !rightUser))
    return differs('A passkey signed in as another user than was asked for.')
  const ids = signIns.map(({ answer }) => answer?.credentialId)
  return new Set(ids).size === signIns.length
    ? asSpecified('Each user signed in with a passkey of its own.')
    : differs('Both users signed in with the same credential ID.')
}

export function verificationAgrees(evidence: Evidences): Verdict {
  const failed = failedVerdict(evidence)
  if (failed) return failed
  const [registered, signedIn] = evidence.map(({ answer }) => answer?.userVerified)
  if (registered === signedIn)
    return asSpecified(`The person was ${registered ? 'verified' : 'not verified'} both times.`)
  return differs(
    `Verified at ${registered ? 'registration and not at sign-in' : 'sign-in and not at registration'}. The specification lets it; a server that goes by the first time is wrong the second.`,
  )
}

export function verifiedBoth(evidence: Evidences): Verdict {
  const failed = failedVerdict(evidence, true)
  if (failed) return failed
  const all = evidence.every(({ answer }) => answer?.userVerified)
  return all
    ? asSpecified('The person was verified both times.')
    : differs('It was required, and the flag UV is not set.')
}

export function fallsBack(known: readonly number[]): (evidence: Evidences) => Verdict {
  return (evidence) => {
    const failed = failedVerdict(evidence)
    if (failed) return failed
    const algorithm = evidence[0]?.answer?.algorithm
    if (algorithm === undefined) return differs('The new passkey’s algorithm cannot be read.')
    return known.includes(algorithm)
      ? asSpecified(`It took ${algorithmName(algorithm)}.`)
      : differs(`It took ${algorithm}, which is none of those that were offered after the unknown one.`)
  }
}

export function discoverable(evidence: Evidences): Verdict {
  const failed = failedVerdict(evidence, true)
  if (failed) return failed
  const { answer, rightUser } = evidence[1] ?? {}
  if (!answer?.userHandle) return differs('The sign-in has no user handle, which a discoverable passkey has to give.')
  return asSpecified(
    rightUser
      ? 'It signed in by its user handle alone.'
      : 'It signed in by its user handle alone; another user was chosen.',
  )
}

export function excluded(evidence: Evidences): Verdict {
  const [registration] = evidence
  if (registration?.done) return differs('A second passkey was made beside the one that was excluded.')
  if (registration?.failure?.code === 'InvalidStateError') return asSpecified('Refused with InvalidStateError.')
  return failedVerdict(evidence) ?? differs('It was not refused.')
}

export function tellsDiscoverable(evidence: Evidences): Verdict {
  const failed = failedVerdict(evidence, true)
  if (failed) return failed
  const props = evidence[0]?.answer?.extensions.credProps as { rk?: unknown } | undefined
  if (props === undefined) return notSupported('The browser passed credProps over.')
  if (props.rk === undefined) return notSupported('credProps is there without rk: it is not known.')
  return props.rk === true
    ? asSpecified('credProps.rk is true.')
    : differs(`credProps.rk is ${JSON.stringify(props.rk)}, though a discoverable passkey was required.`)
}

interface Prf {
  enabled?: boolean
  results?: { first?: string }
}

export function evaluates(evidence: Evidences): Verdict {
  const failed = failedVerdict(evidence)
  if (failed) return failed
  const [registered, ...signIns] = evidence.map(({ answer }) => answer?.extensions.prf as Prf | undefined)
  const results = signIns.map((prf) => prf?.results?.first)
  const none = results.every((result) => result === undefined)
  if (none) {
    return registered?.enabled
      ? differs('prf.enabled is true, and sign-in gave no result.')
      : notSupported('Neither registration nor sign-in says anything of a PRF.')
  }
  if (results.some((result) => result === undefined)) return differs('One sign-in gave a result, and the other none.')
  if (results[0] !== results[1]) return differs('The same input gave two different results.')
  // 32 bytes are 43 characters of base64url.
  if (results[0]?.length !== 43) return differs('The result is not 32 bytes long.')
  return registered?.enabled
    ? asSpecified('Enabled at registration, and the same 32 bytes twice.')
    : differs('Sign-in gives results, and registration did not say prf.enabled.')
}

interface LargeBlob {
  supported?: boolean
  written?: boolean
  blob?: string
}

export function keepsBlob(sent: string): (evidence: Evidences) => Verdict {
  return (evidence) => {
    const [made] = evidence
    const failedMade = failedVerdict(made ? [made] : [], true)
    if (failedMade) return failedMade
    const [registered, wrote, read] = evidence.map(
      ({ answer }) => answer?.extensions.largeBlob as LargeBlob | undefined,
    )
    if (!registered?.supported) return notSupported('largeBlob.supported is not true.')
    const failed = failedVerdict(evidence)
    if (failed) return failed
    if (!wrote?.written) return differs('It is supported, and the blob was not written.')
    if (read?.blob === undefined) return differs('It was written, and no blob was read.')
    return read.blob === sent
      ? asSpecified('Written and read again.')
      : differs('Other bytes were read than were written.')
  }
}

export function signals([signalled]: Evidences): Verdict {
  const { lacking = [], differences = [] } = signalled ?? {}
  if (differences.length) return differs(differences.join(' '))
  return lacking.length
    ? notSupported(`The browser has no ${lacking.join(', ')}.`)
    : asSpecified('All three calls were taken.')
}

export function sameIds(evidence: Evidences, made: Evidences): Verdict {
  const failed = failedVerdict(evidence)
  if (failed) return failed
  const [signedIn] = evidence
  const everyone = [...made, ...evidence].flatMap(({ answer }) => answer ?? [])
  if (everyone.some(({ idsAgree }) => !idsAgree))
    return differs('A credential’s id, rawId and attested ID are not all the same.')
  const known = made.some(({ answer }) => answer?.credentialId === signedIn?.answer?.credentialId)
  if (!known) return differs('The sign-in has a credential ID that no registration had.')
  // The server compares a handle that came with the user’s own.
  return signedIn?.rightUser
    ? asSpecified(
        signedIn.answer?.userHandle ? 'All agree, the user handle too.' : 'All agree; no user handle was given.',
      )
    : differs('It signed in as another user.')
}

const known = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

export function transportsKnown(_: Evidences, made: Evidences): Verdict {
  const answers = made.flatMap(({ answer }) => answer ?? [])
  if (!answers.length) return { outcome: 'skipped', why: 'No passkey was made to look at.' }
  const all = answers.map(({ transports }) => transports)
  if (all.every((transports) => !transports?.length)) return notSupported('No passkey says how it is reached.')
  const lists = all.flatMap((transports) => (transports ? [transports] : []))
  const strange = [...new Set(lists.flat().filter((each) => !known.includes(each)))]
  if (strange.length) return differs(`${strange.join(', ')}: not a value of the specification.`)
  const unordered = lists.find((list) => list.join() !== [...new Set(list)].sort().join())
  if (unordered) return differs(`${unordered.join(', ')}: each has to stand there once, in alphabetical order.`)
  const told = [...new Set(lists.map((list) => list.join(', ')))]
  return asSpecified(told.length === 1 ? `${told[0] || 'none'}.` : `Not the same each time: ${told.join('; ')}.`)
}

export function nativeJson(evidence: Evidences): Verdict {
  const { lacking = [], differences = [] } = evidence[0] ?? {}
  if (lacking.length) return notSupported(`The browser has no ${lacking.join(', ')}.`)
  const failed = failedVerdict(evidence)
  if (failed) return failed
  return differences.length
    ? differs(`toJSON differs in ${differences.join(', ')}.`)
    : asSpecified('The same, member by member.')
}
