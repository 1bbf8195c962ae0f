'use client'

import { useState } from 'react'
import type { TrustAnchorView } from '#lib/contract/attestation.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { usePassed } from '../../ui/use-passed.ts'
import { Card } from '../card.tsx'
import { Confirm } from '../confirm.tsx'
import { Row, Rows } from '../row.tsx'
import { AddAnchor } from './add-anchor.tsx'

interface Props {
  anchors: readonly TrustAnchorView[]
  onChanged: () => Promise<void>
}

/** The certificates that the tenant trusts to vouch for authenticators: listed, added, removed. */
export function TrustAnchors({ anchors, onChanged }: Props) {
  const [leaving, leave] = useState<TrustAnchorView>()
  return (
    <Card
      title="Trust anchors"
      note="Certificates that may vouch for authenticators, besides FIDO’s metadata and the roots of Apple and Google that are built in. They count for new registrations: passkeys that are there keep what was found."
    >
      {anchors.length > 0 ? (
        <Rows label="Trust anchors">
          {anchors.map((anchor) => (
            <AnchorRow key={anchor.id} anchor={anchor} onRemove={() => leave(anchor)} />
          ))}
        </Rows>
      ) : null}
      <AddAnchor first={anchors.length === 0} onAdded={onChanged} />
      <Confirm
        open={leaving !== undefined}
        onClose={() => leave(undefined)}
        title={`Remove ${leaving?.name ?? ''}`}
        action="Remove"
        fresh
        onConfirm={async (api) => {
          if (leaving) await api.attestation.removeAnchor(leaving.id)
          await onChanged()
        }}
      >
        <p>
          It vouches for no new passkey any more. Where trust is required, authenticators that only it vouches for are
          refused from then on.
        </p>
        <p className="text-soft">Passkeys that were registered with it stay, and stay shown as trusted.</p>
      </Confirm>
    </Card>
  )
}

function AnchorRow({ anchor, onRemove }: { anchor: TrustAnchorView; onRemove: () => void }) {
  const expired = usePassed(Date.parse(anchor.notAfter))
  return (
    <Row
      title={anchor.name}
      badges={expired ? <Badge tone="warn">Expired</Badge> : null}
      facts={[
        anchor.subject,
        <span key="time">
          {expired ? 'expired' : 'expires'} <Time iso={anchor.notAfter} />
        </span>,
        <code key="fingerprint" title="SHA-256" className="font-mono text-[12px]">
          {anchor.fingerprint}
        </code>,
      ]}
      action={
        <Button look="small" aria-label={`Remove ${anchor.name}`} onClick={onRemove}>
          Remove
        </Button>
      }
    />
  )
}
