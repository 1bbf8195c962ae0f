import { relatedTo, whyNoOrigin } from '#lib/webauthn/origin.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Card } from '../card.tsx'
import type { Draft } from './draft.ts'

interface Props {
  /** What would hold once the draft is saved. */
  draft: Draft
  /** Why no browser takes its RP ID. */
  mistake: string | undefined
  edited: boolean
  /** The server did not take it. */
  refused: boolean
  /** The origin that this server answers on. */
  here: string
}

const path = '/.well-known/webauthn'

/** The document that lets origins of other domains use the RP ID, and whether browsers find it: as the form stands. */
export function RelatedOrigins({ draft: { id, origins }, mistake, edited, refused, here }: Props) {
  if (mistake) {
    return (
      <Card title="Related origins">
        <Empty title="No RP ID, no document">
          “{id}” {refused ? 'cannot be saved' : mistake}. Put the RP ID right, and the document that its origins need
          appears here.
        </Empty>
      </Card>
    )
  }
  const related = relatedTo({ id, origins })
  const savable = edited && !refused && !origins.some(whyNoOrigin)
  return (
    <Card
      title="Related origins"
      note={
        <>
          An origin of another domain may use passkeys of <code className="font-mono text-[13px]">{id}</code> only if
          that domain says so. Before the first ceremony there, browsers read one document on the RP ID’s own host.
          {savable ? ' Below it is as it will be once you save.' : ''}
        </>
      }
    >
      {related.length ? (
        <div className="space-y-3.5 text-[14px]">
          <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[auto_minmax(0,1fr)]">
            <dt className="text-faint">Browsers look at</dt>
            <dd>
              <code className="font-mono text-[13px] wrap-anywhere">{`https://${id}${path}`}</code>
            </dd>
            <dt className="text-faint">They accept it as</dt>
            <dd>
              <code className="font-mono text-[13px]">application/json</code>, over https
            </dd>
          </dl>
          <CodeBlock label="document" code={JSON.stringify({ origins: related }, null, 2)} />
          {here === `https://${id}` ? (
            <Notice title="This server serves it">
              It answers on <code className="font-mono">{id}</code>, so there is nothing to set up. Its document lists
              these origins, and those of other tenants with the same RP ID.
            </Notice>
          ) : new URL(here).hostname === id ? (
            <Notice tone="warn" title="Browsers do not ask here">
              This server has the document, at <code className="font-mono wrap-anywhere">{`${here}${path}`}</code>.
              Browsers ask by https and without a port: until it answers there too, these origins are refused by the
              browser.
            </Notice>
          ) : (
            <Notice tone="warn" title="Another host has to serve it">
              This server does not answer on <code className="font-mono">{id}</code>. Put the document there, at the
              address above; until then these origins are refused by the browser. Browsers read at most five different
              domain names of it.
            </Notice>
          )}
        </div>
      ) : (
        <Empty title="None are needed">
          Every origin lies in the domain of the RP ID. Add one of another domain, say example.org beside example.com,
          and the document that it needs appears here.
        </Empty>
      )}
    </Card>
  )
}
