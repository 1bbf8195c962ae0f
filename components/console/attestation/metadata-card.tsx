import type { MetadataView } from '#lib/contract/attestation.ts'
import { Notice } from '../../ui/notice.tsx'
import { Card } from '../card.tsx'
import { Fact } from '../fact.tsx'

/** What this server knows of FIDO's metadata. */
export function MetadataCard({ metadata }: { metadata: MetadataView | null }) {
  return (
    <Card
      title="FIDO metadata"
      note={
        metadata
          ? 'It names the roots of certified models, and what is reported of them. A report such as REVOKED ends trust in new passkeys of the model.'
          : 'This server has none. Its operator names the file with MDS_BLOB: then it vouches for certified models, and tells which are reported as compromised.'
      }
    >
      {metadata ? (
        <>
          {metadata.fault ? (
            <Notice tone="warn" title="The file is not used">
              It is broken: {metadata.fault}.{' '}
              {metadata.number === null ? 'There was no good one before.' : 'The one before holds.'}
            </Notice>
          ) : null}
          {metadata.overdue ? (
            <Notice tone="warn" title="The file is overdue">
              There is a newer one since {metadata.nextUpdate}. Ask the operator to fetch it.
            </Notice>
          ) : null}
          <dl className="flex flex-wrap gap-x-10 gap-y-3">
            <Fact term="Number">{metadata.number ?? 'none yet'}</Fact>
            <Fact term="Models">{metadata.models.toLocaleString('en')}</Fact>
            <Fact term="Next update">{metadata.nextUpdate ?? 'not known'}</Fact>
          </dl>
        </>
      ) : null}
    </Card>
  )
}
