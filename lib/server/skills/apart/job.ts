import type { Issue } from './schema-issues.ts'
import type { Structure } from './structures.ts'

/** What the thread beside the server does, and what comes of it. */
export interface Jobs {
  /** Whether a text is a JSON Schema that values can be checked against. */
  schema: { given: { schema: string }; result: { issues: Issue[] } }
  /** Whether JSON, as text or bytes, is of a schema; where it is, the same JSON without spaces. */
  value: { given: { schema: string; json: string | Uint8Array }; result: { issues: Issue[]; json: string | null } }
  /** What a structure of WebAuthn, or a response with several, says; as JSON. */
  decoding: {
    given: { data: string | Record<string, unknown>; structure?: Structure | undefined }
    result: { json: string }
  }
  /** Whether a signature is of a message and a key. */
  verification: {
    given: {
      algorithm: 'Ed25519' | 'BIP340' | 'ES256'
      publicKey: string
      message: string
      messageEncoding: 'utf8' | 'bytes'
      signature: string
    }
    result: { valid: boolean; words: string }
  }
  /** The sentences of a text that say the most, in their order. */
  summary: {
    given: { text: string; sentences: number; language: string | undefined }
    result: { language: string; considered: number; sentences: { text: string; position: number }[] }
  }
}

export type JobName = keyof Jobs
export type Given<Name extends JobName> = Jobs[Name]['given']
export type Result<Name extends JobName> = Jobs[Name]['result']
