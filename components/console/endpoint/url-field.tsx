'use client'

import { TextField } from '../../ui/field.tsx'
import { urlHelp } from './url-words.ts'

interface Props {
  label: string
  hint: string
  placeholder: string
  url: string
  error: string | undefined
  onChange: (url: string) => void
}

/** Where an endpoint is; what a server on localhost could do about a URL that it refuses stands with the reason. */
export function UrlField({ url, error, onChange, ...words }: Props) {
  return (
    <TextField
      {...words}
      id="url"
      inputMode="url"
      autoCapitalize="none"
      autoComplete="off"
      spellCheck={false}
      value={url}
      maxLength={2048}
      error={error}
      note={urlHelp(error, location.hostname)}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
