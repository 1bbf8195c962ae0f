import { CopyButton } from '../../ui/copy-button.tsx'

/** A client's id, to copy. */
export function ClientId({ id, of }: { id: string; of?: string }) {
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 font-mono text-[13px] text-soft wrap-anywhere">{id}</code>
      <CopyButton small text={id} label={of ? `Copy client id of ${of}` : 'Copy client id'} />
    </span>
  )
}
