import { useEffect, useState } from 'react'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { ceremonyByCurl, ceremonyBySdk, ceremonyBySimpleWebAuthn } from '../../../snippets/ceremony-snippets.ts'
import { copyText } from '../../../ui/copy-text.ts'
import { Menu } from '../../../ui/menu.tsx'
import { askedOf } from '../asked-options.ts'
import { textOf } from '../json/options-json.ts'
import { type Choices, soundChoices } from '../option-values.ts'

interface SheetCopyProps {
  baseUrl: string
  ceremony: CeremonyKind
  choices: Choices
  username: string | undefined
}

const forms = [
  { id: 'json', label: 'JSON', note: 'the members of publicKey' },
  { id: 'sdk', label: 'TypeScript', note: 'with this server’s SDK' },
  { id: 'simplewebauthn', label: '@simplewebauthn/browser', note: 'with fetch' },
  { id: 'curl', label: 'curl', note: 'begins the ceremony' },
] as const

/** Takes a ceremony with these options along: to another page, another program, a shell. */
export function SheetCopy({ baseUrl, ceremony, choices, username }: SheetCopyProps) {
  const [said, say] = useState('')
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => say(''), 3_000)
    return () => clearTimeout(timer)
  }, [said])

  function written(form: string): string {
    const facts = {
      ceremony,
      username: username || (ceremony === 'registration' ? 'ada' : undefined),
      ...askedOf(ceremony, soundChoices(choices)),
    }
    if (form === 'sdk') return ceremonyBySdk(baseUrl, facts)
    if (form === 'simplewebauthn') return ceremonyBySimpleWebAuthn(baseUrl, facts)
    if (form === 'curl') return ceremonyByCurl(baseUrl, facts)
    return textOf(ceremony, choices[ceremony])
  }

  return (
    <span className="flex items-center">
      <span aria-live="polite" className="text-[12.5px] text-ok not-empty:pr-2">
        {said}
      </span>
      <Menu
        label="Copy as…"
        look="small"
        align="right"
        items={forms}
        onPick={async (form) => say((await copyText(written(form))) ? 'Copied' : 'Not copied')}
      />
    </span>
  )
}
