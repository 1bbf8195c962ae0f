import type { BuiltIn } from './built-in.ts'
import { jwtInspect } from './jwt-inspect.ts'
import { signatureVerify } from './signature-verify.ts'
import { textSummarizer } from './text-summarizer.ts'
import { webauthnDecode } from './webauthn-decode.ts'

export type { BuiltIn }

/** The skills that this server does itself, in every environment. */
export const builtIns: ReadonlyMap<string, BuiltIn> = new Map(
  [textSummarizer, jwtInspect, webauthnDecode, signatureVerify].map((skill) => [skill.id, skill]),
)
