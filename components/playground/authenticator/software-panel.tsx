import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { mostAuthenticators, type SoftwareState, software } from './software.ts'
import { SoftwareCard } from './software-card.tsx'
import { SoftwareFiles } from './software-files.tsx'

/** The page's software authenticators: whether they answer, what each is like, and what it holds. */
export function SoftwarePanel({ state, onClose }: { state: SoftwareState; onClose: () => void }) {
  const { on, authenticators } = state
  return (
    <Dialog open onClose={onClose} title="Authenticators in software" wide>
      <div className="space-y-4">
        <p className="text-[14px] text-soft">
          They answer navigator.credentials in the browser’s place: no dialogue, no device, also where the browser has
          no WebAuthn. Everything on the page works as with a real one. Their keys are for tests: they stay in this tab,
          over a reload too, and Start over deletes them.
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
        <ul aria-label="Authenticators" className="space-y-3">
          {authenticators.map((authenticator) => (
            <SoftwareCard key={authenticator.id} authenticator={authenticator} />
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          {authenticators.length < mostAuthenticators ? (
            <>
              <Button look="small" onClick={() => software.add('platform')}>
                Add a platform authenticator
              </Button>
              <Button look="small" onClick={() => software.add('cross-platform')}>
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
