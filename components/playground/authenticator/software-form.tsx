import { useEffect, useState } from 'react'
import { algorithmName } from '#lib/webauthn/algorithms.ts'
import { webAlgorithms } from '#lib/webauthn/authenticator/web-key.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { TextField } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { software } from './software.ts'
import {
  isAaguid,
  longestDelay,
  longestName,
  type SoftwareSettings,
  softwareAaguid,
  transports,
} from './software-settings.ts'
import { tamperingFaults } from './tampering.ts'

interface Props {
  id: number
  settings: SoftwareSettings
}

/** What an authenticator is like. What is changed holds for its next answer; passkeys stay as they were made. */
export function SoftwareForm({ id, settings }: Props) {
  const set = (change: Partial<SoftwareSettings>) => software.set(id, change)
  const of = (field: string) => `software-${id}-${field}`
  const [aaguid, setAaguid] = useState(settings.aaguid)
  return (
    <div className="grid gap-x-5 gap-y-4 border-line border-t px-4 py-3.5 sm:grid-cols-2">
      <TextField
        id={of('name')}
        label="Name"
        words
        value={settings.name}
        maxLength={longestName}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        id={of('delay')}
        label="Delay"
        hint="ms"
        type="number"
        min={0}
        max={longestDelay}
        step={100}
        value={settings.delay}
        onChange={({ target }) =>
          set({ delay: Math.min(longestDelay, Math.max(0, Math.round(Number(target.value)) || 0)) })
        }
      />
      <Segments
        label="Attachment"
        name={of('attachment')}
        hint=""
        wide
        choices={['platform', 'cross-platform']}
        selected={settings.attachment}
        onSelect={(attachment) => set({ attachment })}
      />
      <Segments
        label="Its passkeys"
        name={of('synced')}
        hint="BE and BS"
        wide
        choices={['synced', 'device-bound']}
        selected={settings.synced ? 'synced' : 'device-bound'}
        onSelect={(kept) => set({ synced: kept === 'synced' })}
      />
      <Several
        label="Transports"
        choices={transports.map((each) => ({ value: each, label: each }))}
        chosen={settings.transports}
        onChoose={(chosen) => set({ transports: chosen })}
      />
      <Algorithms chosen={settings.algorithms} onChoose={(algorithms) => set({ algorithms })} />
      <Segments
        label="Attestation"
        name={of('attestation')}
        hint="packed is self attestation"
        wide
        choices={['none', 'packed']}
        selected={settings.attestation}
        onSelect={(attestation) => set({ attestation })}
      />
      <TextField
        id={of('aaguid')}
        label="AAGUID"
        value={aaguid}
        spellCheck={false}
        autoComplete="off"
        error={isAaguid(aaguid) ? undefined : `An AAGUID looks like ${softwareAaguid}.`}
        onChange={({ target }) => {
          setAaguid(target.value)
          if (isAaguid(target.value)) set({ aaguid: target.value })
        }}
      />
      <div className="space-y-1.5">
        <Checkbox
          label="Verifies its user"
          checked={settings.verifiesUsers}
          onToggle={(verifiesUsers) => set({ verifiesUsers })}
        />
        <Checkbox
          label="Says no"
          note="NotAllowedError, as when somebody cancels"
          checked={settings.refuses}
          onToggle={(refuses) => set({ refuses })}
        />
      </div>
      <div className="space-y-1.5">
        <Checkbox label="Evaluates a PRF" checked={settings.prf} onToggle={(prf) => set({ prf })} />
        <Checkbox label="Keeps large blobs" checked={settings.largeBlob} onToggle={(largeBlob) => set({ largeBlob })} />
      </div>
      <Select
        id={of('tamper')}
        label="Tamper"
        hint="with its next answer, once"
        className="sm:col-span-2"
        value={settings.tamper ?? ''}
        choices={[
          { value: '', label: 'Nothing: it tells the truth' },
          ...tamperingFaults.map(({ id: value, title, ceremony }) => ({
            value,
            label: `${ceremony === 'registration' ? 'Register' : 'Authenticate'}: ${title}`,
          })),
        ]}
        onChoose={(tamper) => set({ tamper: tamper || undefined })}
      />
    </div>
  )
}

function Algorithms({
  chosen,
  onChoose,
}: {
  chosen: readonly number[] | undefined
  onChoose: (chosen: readonly number[] | undefined) => void
}) {
  const [had, setHad] = useState<readonly number[]>()
  useEffect(() => {
    let gone = false
    webAlgorithms().then(
      (found) => gone || setHad(found),
      () => {},
    )
    return () => {
      gone = true
    }
  }, [])
  return (
    <Several
      label="Algorithms"
      choices={(had ?? chosen ?? []).map((alg) => ({ value: String(alg), label: algorithmName(alg) }))}
      chosen={(chosen ?? had ?? []).map(String)}
      onChoose={(names) => onChoose(names.length === had?.length ? undefined : names.map(Number))}
    />
  )
}

interface SeveralProps<Value extends string> {
  label: string
  choices: readonly { value: Value; label: string }[]
  chosen: readonly string[]
  onChoose: (chosen: Value[]) => void
}

/** Any of a few. */
function Several<Value extends string>({ label, choices, chosen, onChoose }: SeveralProps<Value>) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-semibold text-[13px]">{label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {choices.map(({ value, label: name }) => (
          <label
            key={value}
            className="relative cursor-pointer rounded-lg border border-line-strong px-2.5 py-0.5 text-[12.5px] text-soft leading-5 transition-colors hover:text-ink has-checked:border-accent has-checked:bg-accent-wash has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                onChoose(
                  choices
                    .map((each) => each.value)
                    .filter((each) => (each === value ? target.checked : chosen.includes(each))),
                )
              }
              className="absolute inset-0 cursor-pointer appearance-none rounded-lg focus-visible:outline-none"
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
