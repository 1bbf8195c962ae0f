import { useId, useState } from 'react'
import { toCdpCredential } from '#lib/webauthn/authenticator/cdp-credential.ts'
import { toCxf } from '#lib/webauthn/authenticator/cxf.ts'
import type { LeftOut } from '#lib/webauthn/authenticator/foreign-members.ts'
import { importedCredentials } from '#lib/webauthn/authenticator/imported.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Select } from '../../ui/select.tsx'
import type { SoftwareAuthenticator } from './answering.ts'
import { nameAmong } from './candidate-words.ts'
import { software } from './software.ts'

interface Said {
  title: string
  left: readonly LeftOut[]
}

/** Passkeys into a text and out of one: in the shape of CDP, or of FIDO's Credential Exchange Format. */
export function SoftwareFiles({ authenticators }: { authenticators: readonly SoftwareAuthenticator[] }) {
  const id = useId()
  const [text, setText] = useState('')
  const [into, setInto] = useState<number>()
  const [said, say] = useState<Said>()
  const target = authenticators.find((each) => each.id === into) ?? authenticators[0]
  const held = authenticators.flatMap(({ web }) => [...web.credentials.values()])

  async function toShape(shape: 'CDP' | 'CXF') {
    const { file, left } =
      shape === 'CXF'
        ? await toCxf(held, location.hostname, new Date())
        : { file: { credentials: await Promise.all(held.map((each) => toCdpCredential(each))) }, left: [] }
    setText(JSON.stringify(file, null, 2))
    say({ title: `${counted(held.length - left.length)} written as ${shape}, with the private keys.`, left })
  }

  async function take() {
    if (!target) return
    const { taken, left } = await importedCredentials(text, (id) => {
      const holder = authenticators.find(({ web }) => web.credentials.has(id))
      return holder && nameAmong(authenticators, holder)
    })
    const taking = software.take(target.id, taken)
    say({ title: `${counted(taking)} taken by ${nameAmong(authenticators, target)}.`, left })
  }

  return (
    <section aria-label="Export and import" className="rounded-card border border-line px-4 py-3.5">
      <h3 className="font-semibold">Take passkeys along</h3>
      <p className="mt-0.5 text-[13px] text-soft">
        As Chrome DevTools Protocol’s Credential, which Chromium’s virtual authenticators take and give, or as FIDO’s
        Credential Exchange Format. CDP has no member for a PRF’s secret; CXF takes no passkey whose counter has moved.
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button look="small" onClick={() => toShape('CDP')}>
          Write as CDP
        </Button>
        <Button look="small" onClick={() => toShape('CXF')}>
          Write as CXF
        </Button>
      </div>
      <label htmlFor={`${id}-text`} className="mt-3 mb-1.5 block font-semibold text-[13px]">
        Passkeys as JSON
      </label>
      <textarea
        id={`${id}-text`}
        value={text}
        rows={6}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        className="block w-full rounded-field border border-line-strong bg-card px-3 py-2 font-mono text-[12.5px] leading-5"
      />
      <div className="mt-2 flex flex-wrap items-end gap-2">
        <Select
          id={`${id}-into`}
          label="Import into"
          value={String(target?.id ?? '')}
          choices={authenticators.map((each) => ({ value: String(each.id), label: nameAmong(authenticators, each) }))}
          onChoose={(value) => setInto(Number(value))}
          className="min-w-40"
        />
        <Button look="secondary" onClick={take}>
          Import
        </Button>
        {text ? <CopyButton text={text} label="Copy passkeys as JSON" /> : null}
      </div>
      <div role="status" className="mt-2 text-[13px]">
        {said ? <p className="font-medium">{said.title}</p> : null}
        {said?.left.length ? (
          <>
            <p className="mt-1 text-warn">Not taken:</p>
            <ul aria-label="Not taken" className="mt-0.5 max-h-48 list-disc overflow-y-auto pl-5 text-soft">
              {said.left.map(({ where, why }) => (
                <li key={`${where} ${why}`} className="wrap-anywhere">
                  <span className="font-mono text-[12.5px]">{where}</span> {why}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </section>
  )
}

function counted(passkeys: number): string {
  return passkeys === 1 ? 'One passkey' : `${passkeys} passkeys`
}
