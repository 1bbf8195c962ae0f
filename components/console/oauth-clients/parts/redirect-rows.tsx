import type { FieldErrors } from '../../field-errors.ts'
import { TextRows } from '../../text-rows.tsx'

interface Props {
  values: readonly string[]
  refused: FieldErrors
  /** What is missing, before the server was asked. */
  mistake?: string | undefined
  onChange: (values: string[]) => void
}

/** Where the app takes people back to after a sign-in. */
export function RedirectRows({ values, refused, mistake, onChange }: Props) {
  return (
    <TextRows
      id="redirect-uri"
      legend="Redirect URIs"
      note="Where people go back to with their code, and nowhere else: compared to the letter. By https; by http on this machine only, where a public client may listen at any port of 127.0.0.1 or [::1]; or an app’s own scheme, such as com.example.app:/callback."
      one="redirect URI"
      add="Add a redirect URI"
      inputMode="url"
      autoCapitalize="none"
      placeholder="https://app.example.com/callback"
      values={values}
      said={(_, at) => ({
        error: refused.of(`redirectUris.${at}`, 'It') ?? (at === 0 ? mistake : undefined),
      })}
      error={refused.itself('redirectUris', 'The list')}
      onChange={onChange}
    />
  )
}
