import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { ceremonyByCurl, ceremonyBySdk, ceremonyBySimpleWebAuthn } from '../../../snippets/ceremony-snippets.ts'
import { CopyMenu } from '../../../ui/copy-menu.tsx'
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

  return <CopyMenu items={forms} written={written} />
}
