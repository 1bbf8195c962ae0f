import { useState } from 'react'
import { ToggleChip } from '../../../ui/chip.tsx'
import { Mistake, textOfMistake } from '../mistake.ts'
import { readOption } from '../option-read.ts'
import { credentialIdsOf, type Named, transports, writtenCredentials } from './credentials-text.ts'
import { describedBy, type OptionControlProps } from './option-control.ts'
import { Segmented } from './segmented.tsx'
import { FrameUnit, TextFrame } from './text-frame.tsx'
import { useDraft } from './use-draft.ts'

interface Invented {
  count: number
  length: number
  transports: string[]
}

const inventedFirst: Invented = { count: 3, length: 32, transports: ['usb'] }

const kinds = [
  { value: 'registered', title: 'the user’s passkeys' },
  { value: 'none', title: 'an empty list' },
  { value: 'chosen', title: 'IDs that are written out' },
  { value: 'invented', title: 'so many IDs of such a length, which no authenticator has' },
] as const

/** Which credentials the ceremony names: the user's registered ones, none, written out, or invented. */
export function CredentialsControl({ id, option, value, onChange }: OptionControlProps) {
  const [chosen, setChosen] = useState<Named[]>([])
  const kind = kindOf(value)
  return (
    <>
      <Segmented
        id={id}
        labelledBy={`${id}-label`}
        describedBy={describedBy(id, value)}
        choices={kinds}
        selected={kind}
        invalid={value instanceof Mistake}
        onSelect={(next) => {
          if (Array.isArray(value)) setChosen(value)
          onChange(
            { '': undefined, registered: 'registered', none: 'none', chosen, invented: { invented: inventedFirst } }[
              next
            ],
          )
        }}
      />
      {kind === 'chosen' ? <ChosenIds id={id} option={option} value={value} onChange={onChange} /> : null}
      {kind === 'invented' ? <InventedIds id={id} option={option} of={inventedOf(value)} onChange={onChange} /> : null}
    </>
  )
}

function kindOf(value: unknown): string | undefined {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  if (inventedOf(value)) return 'invented'
  return Array.isArray(value) || value instanceof Mistake ? 'chosen' : undefined
}

/** What is invented, as far as that is written right. */
function inventedOf(value: unknown): Partial<Invented> | undefined {
  const whole = value instanceof Mistake ? value.written : value
  return typeof whole === 'object' && whole !== null && 'invented' in whole
    ? ((whole.invented ?? {}) as Partial<Invented>)
    : undefined
}

type PartProps = Pick<OptionControlProps, 'id' | 'option' | 'onChange'>

function ChosenIds({ id, option: { title }, value, onChange }: PartProps & { value: unknown }) {
  const [text, setText] = useDraft(
    value,
    (ids) => textOfMistake(ids) ?? (Array.isArray(ids) ? writtenCredentials(ids) : ''),
    credentialIdsOf,
    onChange,
  )
  const wrong = value instanceof Mistake
  return (
    <textarea
      rows={2}
      spellCheck={false}
      aria-label={`${title}: credential IDs`}
      aria-describedby={wrong ? `${id}-error` : undefined}
      aria-invalid={wrong ? true : undefined}
      placeholder="base64url, one a line, then its transports"
      value={text}
      onChange={({ target }) => setText(target.value)}
      className={`mt-1.5 block w-full resize-y rounded-lg border px-2.5 py-1.5 font-mono text-[13px] placeholder:text-faint ${wrong ? 'border-bad bg-bad-wash' : 'border-line-strong bg-card'}`}
    />
  )
}

function InventedIds({ id, option, of, onChange }: PartProps & { of: Partial<Invented> | undefined }) {
  const { title } = option
  // What is written wrong may be anything.
  const [count, length] = [of?.count, of?.length].map((each) => (typeof each === 'number' ? each : 0)) as [
    number,
    number,
  ]
  const chosen = Array.isArray(of?.transports) ? of.transports : []
  function set(change: Partial<Invented>) {
    const invented = { count, length, transports: chosen, ...change }
    onChange(readOption(option, { invented }))
  }
  return (
    <div className="mt-1.5 space-y-1.5">
      <div className="grid grid-cols-2 gap-1.5">
        <TextFrame
          aria-label={`${title}: how many`}
          aria-describedby={`${id}-error`}
          inputMode="numeric"
          invalid={!isCount(count)}
          value={String(count)}
          onChange={({ target }) => set({ count: numberOf(target.value) })}
          after={<FrameUnit>IDs</FrameUnit>}
        />
        <TextFrame
          aria-label={`${title}: bytes of each`}
          aria-describedby={`${id}-error`}
          inputMode="numeric"
          invalid={!isLength(length)}
          value={String(length)}
          onChange={({ target }) => set({ length: numberOf(target.value) })}
          after={<FrameUnit>bytes each</FrameUnit>}
        />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a name of its own says what it is */}
      <div role="group" aria-label={`${title}: transports`} className="flex flex-wrap gap-1.5">
        {transports.map((transport) => (
          <ToggleChip
            key={transport}
            label={transport}
            place={chosen.includes(transport) ? chosen.indexOf(transport) + 1 : undefined}
            onToggle={() =>
              set({
                transports: chosen.includes(transport)
                  ? chosen.filter((each) => each !== transport)
                  : [...chosen, transport],
              })
            }
          />
        ))}
      </div>
    </div>
  )
}

const numberOf = (text: string) => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : 0)
const isCount = (count: unknown) => Number.isInteger(count) && Number(count) >= 1 && Number(count) <= 64
const isLength = (length: unknown) => Number.isInteger(length) && Number(length) >= 1 && Number(length) <= 1023
