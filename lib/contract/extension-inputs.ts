import { z } from 'zod'
import { canonicalBase64url } from '#lib/webauthn/decode/bytes.ts'

/** Where WebAuthn's JSON has bytes in an extension's input; `*` is each member, named by a credential ID. */
const bytes: readonly (readonly string[])[] = [
  ['prf', 'eval', 'first'],
  ['prf', 'eval', 'second'],
  ['prf', 'evalByCredential', '*', 'first'],
  ['prf', 'evalByCredential', '*', 'second'],
  ['largeBlob', 'write'],
  ['credBlob'],
]

const message = 'is not base64url without padding'

/**
 * Extension inputs by name, as they go to the browser: unchanged. What WebAuthn's JSON writes as base64url must be that;
 * everything else is the browser's to judge.
 *
 * @see https://www.w3.org/TR/webauthn-3/#dictdef-authenticationextensionsclientinputsjson
 */
export const extensionInputs = z.record(z.string().max(64), z.unknown()).superRefine((inputs, context) => {
  const wrong = bytes.flatMap((path) => wrongIn(inputs, path))
  for (const path of new Set(wrong.map((path) => JSON.stringify(path))))
    context.addIssue({ code: 'custom', path: JSON.parse(path), message })
})

/** The paths to what is no base64url where `path` leads, names by credential IDs too. */
function wrongIn(value: unknown, [name, ...rest]: readonly string[]): string[][] {
  if (name === undefined) return typeof value === 'string' && canonicalBase64url.test(value) ? [] : [[]]
  if (typeof value !== 'object' || value === null) return []
  const names = name === '*' ? Object.keys(value) : Object.hasOwn(value, name) ? [name] : []
  return names.flatMap((own) =>
    name === '*' && !canonicalBase64url.test(own)
      ? [[own]]
      : wrongIn(value[own as keyof typeof value], rest).map((path) => [own, ...path]),
  )
}
