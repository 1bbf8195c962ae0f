import Link from 'next/link'
import type { ConsoleKey } from '#lib/contract/console.ts'
import { useMay } from '../../role.tsx'
import { rotationWords } from './key-state.ts'

/** The keys that one may name, by id. */
export type OtherKeys = ReadonlyMap<string, Pick<ConsoleKey, 'hint' | 'status' | 'lastUsedAt'>>

interface Props {
  item: Pick<ConsoleKey, 'id' | 'name' | 'rotation' | 'predecessorId' | 'status' | 'lastUsedAt'>
  others: OtherKeys
}

/** Which key replaces this one, how far that has come, and the way back into it; else which key this one replaces. */
export function KeyRotation({ item: { id, name, rotation, predecessorId, status, lastUsedAt }, others }: Props) {
  if (rotation) {
    const successor = others.get(rotation.successorId)
    // A key that ended before its successor was used is still being replaced.
    const open = status === 'active' || (successor ? !successor.lastUsedAt : status === 'expired')
    const verified = rotation.state === 'verified'
    return (
      <div
        className={`mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 rounded-xl px-3 py-2.5 text-[13px] ${verified ? 'bg-ok-wash' : 'bg-sunk'}`}
      >
        <p className="min-w-0">
          Replaced by <KeyName id={rotation.successorId} others={others} />:{' '}
          <span className={`font-semibold ${verified ? 'text-ok' : ''}`}>{rotationWords[rotation.state]}</span>
        </p>
        {open ? <Continue id={id} name={name} /> : null}
      </div>
    )
  }
  if (!predecessorId) return null
  const predecessor = others.get(predecessorId)
  return (
    <p className="mt-3 flex flex-wrap justify-between gap-x-4 text-[13px] text-soft">
      <span>
        Replaces <KeyName id={predecessorId} others={others} />
      </span>
      {!lastUsedAt && predecessor?.status === 'expired' ? <Continue id={predecessorId} name={name} /> : null}
    </p>
  )
}

function Continue({ id, name }: { id: string; name: string }) {
  if (!useMay('developer')) return null
  return (
    <a
      href={`/console/keys/${id}/rotate`}
      aria-label={`Continue rotation of ${name}`}
      className="font-medium text-accent underline-offset-4 hover:underline"
    >
      Continue rotation
    </a>
  )
}

function KeyName({ id, others }: { id: string; others: OtherKeys }) {
  return (
    <Link
      href={`/console/keys/${id}`}
      prefetch={false}
      className="font-mono text-[12.5px] underline decoration-line-strong underline-offset-2 wrap-anywhere hover:decoration-current"
    >
      {others.get(id)?.hint ?? id}
    </Link>
  )
}
