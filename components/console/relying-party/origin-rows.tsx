'use client'

import { relationOf, whyNoOrigin } from '#lib/webauthn/origin.ts'
import { TextRows } from '../text-rows.tsx'
import { asOrigin } from './draft.ts'

interface Props {
  origins: string[]
  rpId: string
  placeholder: string
  issue: (path: string) => string | undefined
  onChange: (origins: string[]) => void
}

const relations = {
  inside: 'In the RP ID’s domain: works as it is.',
  app: 'An app: its platform says which, and it is compared to the letter.',
  related: 'Outside the RP ID’s domain: browsers ask for the document of related origins, below.',
  address: 'An address has no domain: browsers offer no passkeys there.',
  malformed: 'Scheme, host and port, without a path.',
  insecure: 'Browsers offer passkeys over https only, but for localhost.',
}

/** The origins as rows: each says how it stands to the RP ID. */
export function OriginRows({ origins, rpId, placeholder, issue, onChange }: Props) {
  function said(origin: string, at: number, editing: boolean) {
    const plain = asOrigin(origin)
    const relation = plain ? relationOf(plain, rpId) : 'malformed'
    if (origin && relation === 'malformed' && !editing) {
      const app = /^(?:android|ios):/i.test(plain)
      return { error: `“${origin}” ${whyNoOrigin(plain)}.${app ? '' : ` Write it as ${placeholder}.`}` }
    }
    const refused = issue(`origins.${at}`)
    return {
      error: refused && `${refused.startsWith('“') ? '' : 'It '}${refused}.`,
      note: `${plain === origin ? '' : `Saved as ${plain}. `}${relations[relation]}`,
    }
  }

  return (
    <TextRows
      id="rp-origin"
      legend="Origins"
      note="The pages that may ask for these passkeys: scheme, host and port, exactly as in the address bar. An app is named as android:apk-key-hash:… or ios:bundle-id:…. A ceremony anywhere else is refused."
      one="origin"
      add="Add an origin"
      type="url"
      placeholder={placeholder}
      values={origins}
      said={said}
      onChange={onChange}
    />
  )
}
