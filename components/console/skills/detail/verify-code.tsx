import { skillServer } from '../../../snippets/skill-snippets.ts'
import { Snippet } from '../../../ui/snippet.tsx'

/** An endpoint that verifies who calls it, whole. */
export function VerifyCode() {
  return (
    <Snippet
      title={<h3 className="font-semibold text-[13px]">An endpoint that verifies its calls</h3>}
      label="endpoint"
      code={skillServer(location.origin)}
      note="The secret is in the environment variable SKILL_SECRET. A call that is older than five minutes is refused, too."
    />
  )
}
