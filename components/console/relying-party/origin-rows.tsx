'use client'

import { TextRows } from '../text-rows.tsx'
import { asOrigin, relationOf } from './draft.ts'

interface Props {
  origins: string[]
  rpId: string
  placeholder: string
  issue: (path: string) => string | undefined
  onChange: (origins: string[]) => void
}

const relations = {
  inside: 'In the RP ID’s domain: works as it is.',
  related: 'Outside the RP ID’s domain: browsers ask for the document of related origins, below.',
  malformed: 'Scheme, host and port, without a path.',
  insecure: 'Browsers offer passkeys over https only, but for localhost.',
}

/** The origins as rows: each says how it stands to the RP ID. */
export function OriginRows({ origins, rpId, placeholder, issue, onChange }: Props) {
  function said(origin: string, at: number, editing: boolean) {
    const plain = asOrigin(origin)
    const relation = plain ? relationOf(plain, rpId) : 'malformed'
    if (origin && relation === 'malformed' && !editing)
      return { error: `“${origin}” is not an origin. Write it as ${placeholder}.` }
    const refused = issue(`origins.${at}`)
    return {
      error: refused && `It ${refused}.`,
      note: `${plain === origin ? '' : `Saved as ${plain}. `}${relations[relation]}`,
    }
  }

  return (
    <TextRows
      id="rp-origin"
      legend="Origins"
      note="The pages that may ask for these passkeys: scheme, host and port, exactly as in the address bar. A ceremony on any other page is refused."
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
