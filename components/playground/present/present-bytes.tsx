import { withoutSecretMembers, withoutSecrets } from '../without-secrets.ts'
import { sized } from './sized.ts'
import type { Scene } from './story.ts'

/** What went over the wire, as it was, without what is secret: keys and tokens are no sight for a room. */
export function PresentBytes({ scene: { message } }: { scene: Scene }) {
  const text =
    message?.body === undefined ? undefined : withoutSecrets(JSON.stringify(message.body, withoutSecretMembers, 2))
  return (
    <div className="flex min-h-0 flex-1 flex-col" style={sized({ padding: [26, 56, 26] })}>
      <section
        aria-label="Bytes"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto border border-line bg-card"
        style={sized({ borderRadius: 18, padding: [20, 26, 20] })}
      >
        {text === undefined ? (
          <p className="text-soft" style={sized({ fontSize: 26, lineHeight: 34 })}>
            {message ? 'Nothing came.' : 'No bytes: this is between a person and a device.'}
          </p>
        ) : (
          <pre
            className="whitespace-pre-wrap font-mono wrap-anywhere"
            style={{ fontSize: 'max(12px, calc(20 * var(--u)))', lineHeight: 1.45 }}
          >
            {text}
          </pre>
        )}
      </section>
    </div>
  )
}
