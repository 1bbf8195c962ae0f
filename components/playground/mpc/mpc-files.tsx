import { useState } from 'react'

/** A share's file is a few kilobytes. */
const largest = 64 * 1024

interface Props {
  label: string
  /** How many are needed. */
  count: number
  onFiles: (texts: string[]) => void
}

/** Asks for the files of user-held parties. */
export function MpcFiles({ label, count, onFiles }: Props) {
  const [unread, say] = useState('')
  return (
    <div>
      <label className="text-[13px]">
        <span className="mb-1 block font-semibold">{label}</span>
        <input
          type="file"
          accept="application/json,.json"
          multiple={count > 1}
          className="max-w-full text-[13px] file:mr-2.5 file:cursor-pointer file:rounded-lg file:border file:border-line-strong file:bg-card file:px-3 file:py-1 file:font-medium file:text-ink"
          onChange={async (event) => {
            const input = event.target
            const files = [...(input.files ?? [])]
            if (files.length === 0) return
            const texts = await Promise.all(files.map((file) => (file.size > largest ? '' : file.text())))
            // The same file can be chosen again.
            input.value = ''
            if (texts.includes('')) return say('This is no recovery file: it is empty, or too large.')
            if (files.length < count) return say(`Choose ${count} files: of ${count} parties.`)
            say('')
            onFiles(texts)
          }}
        />
      </label>
      {unread ? (
        <p role="alert" className="mt-1.5 text-[13px] text-bad">
          {unread}
        </p>
      ) : null}
    </div>
  )
}
