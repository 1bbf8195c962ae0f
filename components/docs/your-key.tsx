import { Key, useFilled } from './filled.tsx'

/** Whose key the code of the page has in it, and where another one comes from. */
export function YourKey() {
  const { demo } = useFilled()
  return (
    <div className="mt-4 flex items-center gap-2.5 rounded-xl border border-line bg-card px-3.5 py-2.5 text-[14px]">
      {demo ? (
        <>
          <span
            aria-hidden="true"
            className="grid size-7 shrink-0 place-items-center rounded-lg bg-[#0f766e] font-semibold text-[#fff] text-[13px]"
          >
            {demo.tenantName.slice(0, 1)}
          </span>
          <p>
            The code below holds <b className="font-semibold">your</b> test key, <Key value={demo.key} /> of{' '}
            {demo.tenantName}, and this server’s address.
          </p>
        </>
      ) : (
        <p>
          Put a test key of your own where <code className="font-mono text-[13px]">sk_test_YOUR_KEY</code> stands. This
          server’s address is in the code.
        </p>
      )}
      <a href="/console/keys" className="ml-auto whitespace-nowrap font-medium text-[13px] text-accent hover:underline">
        {demo ? 'Another key' : 'Make a key'}
      </a>
    </div>
  )
}
