'use client'

import { useEffect, useRef, useState } from 'react'
import type { Passkey } from '#lib/contract/passkeys.ts'
import { PasskeysBadges } from './passkeys-badges.tsx'
import { PasskeysDelete } from './passkeys-delete.tsx'
import { PasskeysFacts } from './passkeys-facts.tsx'
import { PasskeysRename } from './passkeys-rename.tsx'

interface Props {
  passkey: Passkey
  onRename: (id: string, name: string) => Promise<void>
  onDelete: (id: string) => Promise<void>
}

/** One passkey: its name, what it is, when it was used; renamed and deleted in place. */
export function PasskeysItem({ passkey, onRename, onDelete }: Props) {
  const [doing, set] = useState<'renaming' | 'deleting'>()
  const opener = useRef<HTMLButtonElement>(null)
  const back = useRef<'renaming' | 'deleting'>(undefined)

  useEffect(() => {
    if (doing) back.current = doing
    else if (back.current) opener.current?.focus()
  }, [doing])

  const refFor = (which: 'renaming' | 'deleting') => (back.current === which ? opener : undefined)
  const provider = passkey.provider ?? 'Unknown provider'

  return (
    <li className="rounded-xl border border-line p-4">
      <div className="flex flex-wrap items-start gap-3">
        <Glyph />
        <div className="min-w-0 flex-1 basis-40">
          {doing === 'renaming' ? (
            <PasskeysRename passkey={passkey} onRename={onRename} onDone={() => set(undefined)} />
          ) : (
            <h3 className="font-semibold leading-6 wrap-anywhere">{passkey.name}</h3>
          )}
          <p className="text-[13px] text-soft wrap-anywhere" hidden={doing === 'renaming'}>
            {provider !== passkey.name && `${provider}: `}
            <span className="text-faint">
              {/^[0-]+$/.test(passkey.aaguid) ? (
                'the authenticator does not say what it is'
              ) : (
                <>
                  AAGUID <code className="font-mono">{passkey.aaguid}</code>
                </>
              )}
            </span>
          </p>
        </div>
        {!doing && (
          <div className="flex gap-1.5 @max-sm:w-full @max-sm:pl-13">
            <Action ref={refFor('renaming')} text="Rename" name={passkey.name} onPress={() => set('renaming')} />
            <Action ref={refFor('deleting')} text="Delete" name={passkey.name} onPress={() => set('deleting')} />
          </div>
        )}
      </div>
      {doing === 'deleting' && (
        <PasskeysDelete passkey={passkey} provider={provider} onDelete={onDelete} onDone={() => set(undefined)} />
      )}
      <PasskeysBadges passkey={passkey} />
      <PasskeysFacts passkey={passkey} />
    </li>
  )
}

interface ActionProps {
  ref: React.Ref<HTMLButtonElement> | undefined
  text: string
  name: string
  onPress: () => void
}

function Action({ ref, text, name, onPress }: ActionProps) {
  return (
    <button
      ref={ref}
      type="button"
      aria-label={`${text} ${name}`}
      onClick={onPress}
      className={`h-7 cursor-pointer rounded-lg border border-line px-2.5 font-medium text-[13px] text-soft transition-colors hover:border-line-strong ${text === 'Delete' ? 'hover:text-bad' : 'hover:text-ink'}`}
    >
      {text}
    </button>
  )
}

function Glyph() {
  return (
    <span aria-hidden="true" className="grid size-10 shrink-0 place-items-center rounded-field bg-sunk text-soft">
      <svg
        width="24"
        height="24"
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        aria-hidden="true"
      >
        <circle cx="7.5" cy="8" r="3.6" />
        <path d="m10.2 10.6 6 6m-2.6-2.6 2-2" strokeLinecap="round" />
      </svg>
    </span>
  )
}
