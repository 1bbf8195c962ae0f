'use client'

import { useId, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { isHttps } from './draft.ts'
import { readPicture } from './read-picture.ts'

interface Props {
  value: string
  issue: string | undefined
  onChange: (logo: string) => void
}

/** A logo: a picture from this device, or the address of one. */
export function LogoField({ value, issue, onChange }: Props) {
  const [mistake, setMistake] = useState<string>()
  const file = useRef<HTMLInputElement>(null)
  const id = useId()
  const stored = value !== '' && !value.startsWith('http')
  const [url, setUrl] = useState(stored ? '' : value)

  async function choose(chosen: File | undefined) {
    if (!chosen) return
    const { picture, why } = await readPicture(chosen)
    setMistake(why)
    if (picture) {
      setUrl('')
      onChange(picture)
    }
  }

  function remove() {
    setMistake(undefined)
    setUrl('')
    onChange('')
    if (file.current) file.current.value = ''
  }

  return (
    <fieldset aria-describedby={`${id}-note`}>
      <legend className="font-semibold text-[13px]">Logo</legend>
      <p id={`${id}-note`} className="mt-0.5 text-[13px] text-soft">
        A square picture with a transparent or white ground looks best. PNG, JPEG, WebP or SVG of at most 40 kB; an SVG
        may hold shapes only, no scripts and nothing from elsewhere.
      </p>
      <div className="mt-2.5 flex flex-wrap items-center gap-2.5">
        <input
          ref={file}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/svg+xml"
          aria-label="Logo file"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => void choose(event.target.files?.[0])}
        />
        <Button look="small" onClick={() => file.current?.click()}>
          {stored ? 'Choose another picture' : 'Choose a picture'}
        </Button>
        {value ? (
          <Button look="small" onClick={remove}>
            Remove the logo
          </Button>
        ) : null}
        <span className="text-[13px] text-soft">
          {value.startsWith('data:') ? 'Chosen; not saved yet.' : stored ? 'Kept on this server.' : ''}
        </span>
      </div>
      <p role="alert" className="mt-1.5 text-[13px] text-bad empty:hidden">
        {mistake ?? (issue && `The logo ${issue}.`)}
      </p>
      <TextField
        id="brand-logo-url"
        className="mt-3.5"
        label="Or its address"
        hint="https"
        type="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://example.com/logo.svg"
        value={url}
        error={url && !isHttps(url) && url !== 'https://'.slice(0, url.length) ? 'Begin it with https://' : undefined}
        note="The picture stays where it is: whoever serves it learns the network address of each person who opens your pages."
        onChange={(event) => {
          setUrl(event.target.value)
          setMistake(undefined)
          onChange(event.target.value.trim())
        }}
      />
    </fieldset>
  )
}
