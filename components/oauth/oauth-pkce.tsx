import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import { Icon } from '../ui/icon.tsx'

interface Props {
  verifier: string
  challenge: string
}

/**
 * The PKCE pair: the secret that stays here, and its hash that travels.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4
 */
export function OAuthPkce({ verifier, challenge }: Props) {
  const hash = [...(fromBase64url(challenge) ?? [])].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const parts = [
    { name: 'code_verifier', note: 'random; stays in this page until the exchange', value: verifier },
    { name: 'SHA-256', note: 'its hash: nobody can go back from it', value: hash },
    { name: 'code_challenge', note: 'the hash in base64url; goes with the request', value: challenge },
  ]
  return (
    <section aria-label="PKCE pair" className="@container">
      <ol className="grid grid-cols-[minmax(0,1fr)] items-stretch gap-1.5 @3xl:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_auto_minmax(0,1fr)]">
        {parts.map(({ name, note, value }, at) => (
          <li key={name} className="contents">
            {at > 0 ? (
              <span aria-hidden="true" className="grid place-items-center text-faint">
                <Icon name="chevron" className="size-4 @3xl:-rotate-90" />
              </span>
            ) : null}
            <div className="rounded-xl border border-line p-3">
              <p className="font-mono font-semibold text-[12.5px]">{name}</p>
              <p className="mt-1 font-mono text-[12.5px] leading-relaxed break-all">{value}</p>
              <p className="mt-1 text-[13px] text-soft">{note}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
