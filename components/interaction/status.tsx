'use client'

import { useEffect, useRef } from 'react'
import type { Stage } from '../console/ceremony.ts'
import type { Refusal } from '../console/explain.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'

interface Props {
  stage: Stage | undefined
  refusal: Refusal | undefined
  /** Said at each stage. */
  words: Partial<Record<Stage, string>>
  /** Ends the browser's dialogue. */
  onCancel?: () => void
  className?: string
}

/** What is under way, or why it was refused: heard as it changes, and a refusal gets the focus. */
export function Status({ stage, refusal, words, onCancel, className = '' }: Props) {
  const output = useRef<HTMLOutputElement>(null)
  useEffect(() => {
    if (refusal) output.current?.focus()
  }, [refusal])
  const state = refusal ? 'error' : stage === 'done' ? 'success' : stage ? 'working' : 'idle'
  return (
    <div className={state === 'idle' ? '' : `flex items-center gap-3 ${className}`}>
      {state === 'working' ? (
        <span
          aria-hidden="true"
          className="size-[18px] shrink-0 animate-spin rounded-full border-2 border-line-strong border-t-accent"
        />
      ) : state === 'success' ? (
        <span
          aria-hidden="true"
          className="grid size-[22px] shrink-0 place-items-center rounded-full bg-ok-wash text-ok"
        >
          <Icon name="check" className="size-3.5 stroke-2" />
        </span>
      ) : null}
      <output
        ref={output}
        tabIndex={-1}
        data-testid="status"
        data-state={state}
        className={
          refusal
            ? `block min-w-0 flex-1 rounded-xl border px-4 py-3 text-[14px] ${refusal.calm ? 'border-line bg-sunk' : 'border-bad bg-bad-wash'}`
            : state === 'idle'
              ? 'sr-only'
              : 'min-w-0 flex-1 text-[14px] leading-5'
        }
      >
        {refusal ? <Reason refusal={refusal} /> : stage ? words[stage] : null}
      </output>
      {onCancel && stage === 'authenticator' ? (
        <Button look="small" onClick={onCancel}>
          Cancel
        </Button>
      ) : null}
    </div>
  )
}

function Reason({ refusal: { title, detail, issues, todo, calm } }: { refusal: Refusal }) {
  const why = [detail, ...issues.map(({ path, message }) => `${path} ${message}.`)].filter(Boolean).join(' ')
  return (
    <>
      <span className={`block font-semibold wrap-anywhere ${calm ? '' : 'text-bad'}`}>{title}</span>{' '}
      {why ? <span className="mt-0.5 block wrap-anywhere">{why}</span> : null}{' '}
      {todo ? (
        <span className="mt-1.5 block wrap-anywhere">
          <span className="font-semibold">What to do: </span>
          {todo}
        </span>
      ) : null}
    </>
  )
}
