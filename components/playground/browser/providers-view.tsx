'use client'

import { useId, useState } from 'react'
import { type NameSource, nameSources } from '#lib/webauthn/aaguid.ts'
import { ChipChoice } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { Cell, Table } from '../../ui/table.tsx'
import { entriesOf } from './catalogue-entries.ts'

const sources: { value: NameSource['id'] | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  ...nameSources.map(({ id, title }) => ({ value: id, label: title })),
]

const columns = [
  { id: 'name', label: 'Name' },
  { id: 'aaguid', label: 'AAGUID' },
  { id: 'source', label: 'Source' },
]

/** Who makes authenticators: the catalogue by which passkeys are named, with where each name is from. */
export function ProvidersView() {
  const id = useId()
  const [text, setText] = useState('')
  const [source, setSource] = useState<NameSource['id'] | 'all'>('all')
  const found = entriesOf(text, source)
  return (
    <div className="space-y-4">
      <p className="text-[14px] text-soft">
        An authenticator’s model is its AAGUID. Without an attestation that was verified it is the authenticator’s own
        word, and many say zeros.
      </p>
      <TextField
        id={id}
        words
        type="search"
        label="Find a provider"
        hint={`${found.length} found`}
        placeholder="A name, or an AAGUID or part of one"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <ChipChoice label="Source" name={`${id}-source`} choices={sources} selected={source} onSelect={setSource} />
      {found.length ? (
        <Table label="Providers" columns={columns} stacks>
          {found.map(({ aaguid, name, source }) => (
            <tr key={aaguid}>
              <Cell className="py-2 wrap-anywhere">{name}</Cell>
              <Cell className="whitespace-nowrap py-2 font-mono text-[12.5px]">{aaguid}</Cell>
              <Cell className="whitespace-nowrap py-2 text-[13px] text-soft">{source.title}</Cell>
            </tr>
          ))}
        </Table>
      ) : (
        <Empty title="None by that name">Look for less of it, or among all sources.</Empty>
      )}
      <dl className="space-y-1 text-[12.5px] text-soft">
        {nameSources.map(({ id, title, date, url, note }) => (
          <div key={id}>
            <dt className="inline font-medium">{title}</dt>{' '}
            <dd className="inline">
              of {date}: {note}.{' '}
              <a href={url} className="text-accent underline underline-offset-2 wrap-anywhere">
                {new URL(url).host}
              </a>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
