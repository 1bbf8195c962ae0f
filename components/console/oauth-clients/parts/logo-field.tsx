import { Monogram } from '../../../playground/setup/monogram.tsx'
import { TextField } from '../../../ui/field.tsx'

interface Props {
  name: string
  url: string
  error: string | undefined
  onChange: (url: string) => void
}

/** The address of the app's picture, with how it looks. */
export function LogoField({ name, url, error, onChange }: Props) {
  return (
    <div className="flex items-start gap-3.5">
      <TextField
        className="min-w-0 flex-1"
        id="logo-url"
        label="Logo"
        hint="optional, an https address"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="https://app.example.com/logo.svg"
        value={url}
        error={error}
        note="People see it with the name when they sign in and are asked to allow."
        onChange={(event) => onChange(event.target.value)}
      />
      <div className={`mt-[26px] ${name.trim() || url ? '' : 'invisible'}`}>
        <Monogram name={name} logoUrl={/^https:\/\/\S+\.\S+/.test(url.trim()) ? url.trim() : null} />
      </div>
    </div>
  )
}
