import { z } from 'zod'
import { apart } from '../apart/pool.ts'
import { structures } from '../apart/structures.ts'
import { builtIn } from './built-in.ts'

const milliseconds = 2_000

/** Client data of a sign-in. */
const exampleData =
  'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoicDNYMGVZN21RMnMiLCJvcmlnaW4iOiJodHRwczovL2FjbWUuZXhhbXBsZSIsImNyb3NzT3JpZ2luIjpmYWxzZX0'

const node = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  note: z.string().optional(),
  range: z.array(z.int()).length(2).optional().describe('Where its bytes are: from, and to before.'),
  error: z.string().optional(),
  spec: z.string().optional(),
  get children() {
    return z.array(node).optional()
  },
})

const response = z.looseObject({
  response: z.record(z.string(), z.unknown()).optional(),
})

/** Decodes what WebAuthn sends around, down to the bit; in a thread of its own, since a few bytes can be many parts. */
export const webauthnDecode = builtIn({
  id: 'webauthn.decode',
  name: 'Decode WebAuthn',
  description:
    'Takes an attestation object, authenticator data, client data, a COSE key, or a whole response apart, and says what each part means and where its bytes are. What is broken is said where it is.',
  version: '1.0.0',
  priceAmount: 0,
  input: z
    .strictObject({
      data: z
        .union([z.string().min(1).max(60_000), response])
        .describe('Base64url, base64 or hex; or a response as toJSON() gives it.'),
      structure: z.enum(structures).optional().describe('What the bytes are; found out where it is not said.'),
    })
    .meta({ examples: [{ data: exampleData }] }),
  output: z.strictObject({
    parts: z.array(
      z.strictObject({
        structure: z.string(),
        encoding: z.string(),
        wellFormed: z.boolean(),
        errors: z.array(z.string()),
        tree: node.nullable(),
      }),
    ),
  }),
  async run(input, run) {
    return (await apart('decoding', input, { milliseconds, ...run })).json
  },
})
