import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { nameAmong } from './candidate-words.ts'
import { type SoftwareState, software } from './software.ts'
import { SoftwareCard } from './software-card.tsx'
import { SoftwareFiles } from './software-files.tsx'
import { mostAuthenticators } from './software-settings.ts'

/** The page's software authenticators: whether they answer, what each is like, and what it holds. */
export function SoftwarePanel({ state, onClose }: { state: SoftwareState; onClose: () => void }) {
  const { on, authenticators } = state
  // Of one at a time: each field of it is there once.
  const [shown, show] = useState<number>()
  const list = useRef<HTMLUListElement>(null)
  function add(attachment: 'platform' | 'cross-platform') {
    // The buttons go with the last that there is room for.
    if (authenticators.length + 1 >= mostAuthenticators) list.current?.focus()
    software.add(attachment)
  }
  return (
    <Dialog open onClose={onClose} title="Authenticators in software" wide>
      <div className="space-y-4">
        <p className="text-[14px] text-soft">
          They answer navigator.credentials in the browser’s place, without its dialogue and without a device, also
          where it has no WebAuthn; where several could answer, the page asks which. Everything on the page works as
          with a real one. Their keys are for tests: they stay in this tab, over a reload too, and Start over deletes
          them.
        </p>
        {globalThis.crypto?.subtle ? (
          <Checkbox
            role="switch"
            checked={on}
            label="Answer in place of the browser"
            note={on ? 'A stripe at the top of the page says so.' : 'The browser answers, with what it has.'}
            onToggle={(turned) => software.turn(turned)}
          />
        ) : (
          <Notice tone="bad" title="This page has no Web Crypto">
            It came over plain HTTP, so the browser hides from it what keys are made with. Open it over HTTPS, or on
            localhost.
          </Notice>
        )}
        <ul ref={list} tabIndex={-1} aria-label="Authenticators" className="space-y-3 outline-none">
          {authenticators.map((authenticator) => (
            <SoftwareCard
              key={authenticator.id}
              authenticator={authenticator}
              name={nameAmong(authenticators, authenticator)}
              open={shown === authenticator.id}
              onToggle={() => show(shown === authenticator.id ? undefined : authenticator.id)}
              onRemove={() => {
                // The button that has the focus goes with it.
                list.current?.focus()
                software.remove(authenticator.id)
              }}
            />
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          {authenticators.length < mostAuthenticators ? (
            <>
              <Button look="small" onClick={() => add('platform')}>
                Add a platform authenticator
              </Button>
              <Button look="small" onClick={() => add('cross-platform')}>
                Add a roaming authenticator
              </Button>
            </>
          ) : (
            <p className="text-[13px] text-soft">{mostAuthenticators} are the most.</p>
          )}
        </div>
        {authenticators.length ? <SoftwareFiles authenticators={authenticators} /> : null}
      </div>
    </Dialog>
  )
}
