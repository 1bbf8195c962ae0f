import type { Circumstances } from './circumstances.ts'
import type { Words } from './failure-words.ts'
import type { Cause, Help } from './help.ts'

/**
 * Words for a refusal that came before anybody can have seen a dialogue: the reasons that it can have here, the likeliest
 * first. For privacy, browsers do not tell which it was.
 */
export function refusedAtOnce(waited: number, message: string, circumstances: Circumstances): Words {
  const known = told(message, circumstances)
  const causes = known.length ? known : possible(circumstances)
  const several = causes.length > 1
  return {
    what: `The authenticator refused at once, after ${Math.max(1, Math.round(waited))} ms`,
    why: `No dialogue was shown, so nobody closed one.${several ? ' For privacy, browsers do not tell which of these is why:' : ''}`,
    causes,
    todo: several ? 'Go through the reasons from the top.' : 'Change that, then press the button again.',
  }
}

/** What the browser's own message gives away, or the page knows. */
function told(message: string, { permitted }: Circumstances): Cause[] {
  if (permitted === false || /permissions?.policy|feature is not enabled/i.test(message)) {
    return [
      {
        why: 'The page may not use passkeys: a permission policy forbids it, as in a frame without allow="publickey-credentials-get; publickey-credentials-create".',
        help: { do: 'show-browser' },
      },
    ]
  }
  if (/focus/i.test(message)) {
    return [
      { why: 'The page did not have the focus: browsers ask only in the window that is used.', help: { do: 'again' } },
    ]
  }
  if (/certificate|TLS/.test(message)) {
    return [{ why: 'The certificate of this page has an error, and browsers refuse passkeys there.' }]
  }
  return []
}

function possible({ kind, username, asked, tenant }: Circumstances): Cause[] {
  const rpId = asked?.rpId ?? asked?.rp?.id ?? tenant?.relyingParty.id ?? 'this relying party'
  const { residentKey, authenticatorAttachment: attachment, ...selection } = asked?.authenticatorSelection ?? {}
  const required = (value: string | undefined) => value === 'required'
  const retry = (name: string, value: unknown): Help => ({
    do: 'set-option',
    ceremony: kind,
    path: kind === 'registration' ? `authenticatorSelection.${name}` : name,
    value,
  })
  const causes: Cause[] = []
  if (kind === 'authentication') {
    const what = username ? `none of ${username}’s passkeys` : 'no discoverable passkey'
    causes.push({ why: `It holds ${what} for ${rpId}.`, help: { do: 'register' } })
  }
  if (required(asked?.userVerification ?? selection.userVerification)) {
    const why = 'It cannot verify the person, or did not manage to, and User verification is required.'
    causes.push({ why, help: retry('userVerification', 'preferred') })
  }
  if (required(residentKey)) {
    const why =
      'Resident key is required, and it cannot hold a discoverable passkey, has no room for one, or did not manage to verify the person, which many ask of one.'
    causes.push({ why, help: retry('residentKey', 'preferred') })
  }
  if (attachment) {
    const why = `There is no ${attachment} authenticator here, and Authenticator attachment asks for one.`
    causes.push({ why, help: retry('authenticatorAttachment', undefined) })
  }
  const why = 'It is locked, or set to say no, as a virtual authenticator or a password manager can be.'
  return [...causes, { why, help: { do: 'again' } }]
}
