import { skillServer } from '../../../snippets/skill-snippets.ts'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { Snippet } from '../../../ui/snippet.tsx'

/** An endpoint that verifies who calls it, whole; `secret` where it is still known. */
export function VerifyCode({ secret }: { secret?: string }) {
  const heading = 'font-semibold text-[13px]'
  return (
    <div className="space-y-5">
      <div>
        <h3 className={`mb-1.5 ${heading}`}>The secret, for all of these</h3>
        <CodeBlock code={`export SKILL_SECRET=${secret ?? 'whsec_…'}`} label="environment variable" />
      </div>
      <Snippet
        title={<h3 className={heading}>An endpoint that verifies its calls, or by hand</h3>}
        label="endpoint"
        code={skillServer(location.origin)}
        called={{ curl: 'Shell' }}
        note="The servers listen at port 8080, or at the one in PORT, and refuse a call that is older than five minutes. Node runs TypeScript as it is from 22.18 on, in a file such as server.mts."
      />
    </div>
  )
}
