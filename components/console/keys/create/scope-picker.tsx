import { type Scope, scopes as sentences } from '#lib/contract/scopes.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { ChipChoice } from '../../../ui/chip.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { adminAmong, presetOf, scopeGroups, scopePresets } from './scope-groups.ts'

interface Props {
  chosen: readonly Scope[]
  error: string | undefined
  onChoose: (scopes: readonly Scope[]) => void
}

/** What the key may do: a preset, or scope by scope with a sentence each. */
export function ScopePicker({ chosen, error, onChoose }: Props) {
  const admin = adminAmong(chosen)
  return (
    <fieldset aria-describedby={error ? 'scopes-error' : 'scopes-note'}>
      <legend className="font-semibold text-[13px]">Permissions</legend>
      <p id="scopes-note" className="mb-2.5 text-pretty text-[13px] text-soft">
        As few as it needs: what a key does not hold, nobody can do with it. They can be taken away later, never added.
      </p>
      <ChipChoice
        label="Presets"
        name="preset"
        choices={scopePresets.map(({ value, label, scopes }) => ({ value, label, title: scopes.join(', ') }))}
        selected={presetOf(new Set(chosen))}
        onSelect={(value) => onChoose(scopePresets.find((preset) => preset.value === value)?.scopes ?? [])}
      />
      <div className="mt-4 gap-x-8 md:columns-2">
        {scopeGroups.map(({ title, scopes }) => (
          <fieldset key={title} className="mb-5 min-w-0 break-inside-avoid">
            <legend className="mb-1.5 w-full border-line border-b pb-1 text-[13px] text-faint">{title}</legend>
            <div className="space-y-2">
              {scopes.map((scope) => (
                <Checkbox
                  key={scope}
                  label={<span className="font-mono text-[13.5px]">{scope}</span>}
                  note={
                    <>
                      {sentences[scope]}. {adminAmong([scope]).length ? <Badge tone="bad">admin</Badge> : null}
                    </>
                  }
                  checked={chosen.includes(scope)}
                  onToggle={(on) => onChoose(on ? [...chosen, scope] : chosen.filter((each) => each !== scope))}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      {error ? (
        <p id="scopes-error" className="mt-2.5 text-[13px] text-bad">
          {error}
        </p>
      ) : null}
      <div aria-live="polite" className="*:mt-3">
        {admin.length ? (
          <Notice tone="bad" title="Not for client code">
            {admin.join(', ')} can change your tenant for everybody. A key that holds {admin.length > 1 ? 'them' : 'it'}{' '}
            belongs on a server of yours, never into a browser or an app: whoever opens it can read the key.
          </Notice>
        ) : null}
      </div>
    </fieldset>
  )
}
