import { useEffect, useMemo, useState } from 'react'
import type { Finding, LintContext } from '#lib/webauthn/lint/rule.ts'
import { type Choices, soundChoices } from './option-values.ts'

type Lint = typeof import('#lib/webauthn/lint/lint.ts').lint

/** What is to be said about choices of both ceremonies. The rules are loaded when they are first wanted. */
export function useLint(choices: Choices, context: LintContext, wanted: boolean): readonly Finding[] {
  const [lint, setLint] = useState<{ run: Lint }>()
  const missing = wanted && !lint
  useEffect(() => {
    if (!missing) return
    let gone = false
    import('#lib/webauthn/lint/lint.ts').then(
      ({ lint: run }) => gone || setLint({ run }),
      // The sheet says that its code does not come; here it is only not said.
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [missing])
  const { host, rpId, username } = context
  return useMemo(() => {
    if (!wanted || !lint) return []
    const sound = soundChoices(choices)
    return (['registration', 'authentication'] as const).flatMap((ceremony) =>
      lint.run(ceremony, sound, { host, rpId, username }),
    )
  }, [wanted, lint, choices, host, rpId, username])
}
