'use client'

import { type ReactNode, useId } from 'react'
import { CodeBlock } from './code-block.tsx'
import { Segments } from './segments.tsx'
import { type Language, languages, useLanguage } from './snippet-language.ts'

/** The same in each language; where one cannot do it, why. */
export type Code = Readonly<Record<Language, string | { lacking: string }>>

interface Props {
  /** What it does, as a heading. */
  title: ReactNode
  /** What it is, for the region and for the Copy button: “call” gives “Copy call”. */
  label: string
  code: Code
  /** What a language is called here: “Shell” where its place has no call. */
  called?: Partial<Record<Language, string>>
  /** What is to be known with it. */
  note?: ReactNode
}

/** Code to take along, in the language that was chosen last on any page. */
export function Snippet({ title, label, code, called, note }: Props) {
  const [language, choose] = useLanguage()
  const name = useId()
  const shown = code[language]
  return (
    <div className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        {title}
        <Segments
          label={`Language of the ${label}`}
          name={name}
          choices={languages}
          {...(called ? { called } : {})}
          selected={language}
          onSelect={choose}
        />
      </div>
      {typeof shown === 'string' ? (
        <CodeBlock code={shown} label={label} />
      ) : (
        <p className="rounded-xl bg-sunk px-3.5 py-3 text-[14px] text-soft">{shown.lacking}</p>
      )}
      {note ? <p className="mt-1.5 max-w-[72ch] text-pretty text-[13px] text-soft">{note}</p> : null}
    </div>
  )
}
