import { useFilled } from './filled.tsx'

/** What the key of a page's code must be allowed, and where such a key is made. */
export function Needs({ scopes }: { scopes: string }) {
  const { baseUrl } = useFilled()
  return (
    <div className="mt-4 flex items-center gap-2.5 rounded-xl border border-line bg-card px-3.5 py-2.5 text-[14px]">
      <p>
        The code below reads its key from <code className="font-mono text-[13px]">PLAYGROUND_API_KEY</code> and the
        server’s address, <code className="font-mono text-[13px]">{baseUrl}</code>, from{' '}
        <code className="font-mono text-[13px]">PLAYGROUND_BASE_URL</code>. The key needs{' '}
        {scopes.split(' ').map((scope, at) => (
          <span key={scope}>
            {at > 0 ? ', ' : ''}
            <code className="rounded-sm bg-warn-wash px-0.75 py-px font-mono text-[13px] text-warn">{scope}</code>
          </span>
        ))}
        .
      </p>
      <a href="/console/keys" className="ml-auto whitespace-nowrap font-medium text-[13px] text-accent hover:underline">
        Make a key
      </a>
    </div>
  )
}
