import { brief } from '../checks/brief.ts'
import { fromBase64url } from '../decode/index.ts'
import { dictionary } from '../dictionary.ts'
import { level3 } from '../specifications.ts'
import type { ProviderBug } from './seen-credential.ts'

/** A member of an extension's result, and the form that it must have where it is there. */
interface Form {
  path: readonly [extension: string, ...members: string[]]
  expected: string
  fits: (value: unknown) => boolean
  /** What it holds is nobody else’s to see. */
  secret?: true
  anchor: string
}

const isBoolean = (value: unknown) => typeof value === 'boolean'
const isSecret = (value: unknown) => typeof value === 'string' && fromBase64url(value)?.length === 32

/** The forms of client extension results. @see https://www.w3.org/TR/webauthn-3/#sctn-defined-client-extensions */
const forms: readonly Form[] = [
  {
    path: ['credProps', 'rk'],
    expected: 'true or false',
    fits: isBoolean,
    anchor: 'dom-credentialpropertiesoutput-rk',
  },
  {
    path: ['prf', 'enabled'],
    expected: 'true or false',
    fits: isBoolean,
    anchor: 'dom-authenticationextensionsprfoutputs-enabled',
  },
  {
    path: ['prf', 'results', 'first'],
    expected: '32 bytes',
    fits: isSecret,
    secret: true,
    anchor: 'dictdef-authenticationextensionsprfvalues',
  },
  {
    path: ['prf', 'results', 'second'],
    expected: '32 bytes',
    fits: isSecret,
    secret: true,
    anchor: 'dictdef-authenticationextensionsprfvalues',
  },
  {
    path: ['largeBlob', 'supported'],
    expected: 'true or false',
    fits: isBoolean,
    anchor: 'dom-authenticationextensionslargebloboutputs-supported',
  },
  {
    path: ['largeBlob', 'written'],
    expected: 'true or false',
    fits: isBoolean,
    anchor: 'dom-authenticationextensionslargebloboutputs-written',
  },
  {
    path: ['largeBlob', 'blob'],
    expected: 'bytes',
    fits: (value) => typeof value === 'string' && fromBase64url(value) !== null,
    secret: true,
    anchor: 'dom-authenticationextensionslargebloboutputs-blob',
  },
  { path: ['appid'], expected: 'true or false', fits: isBoolean, anchor: 'sctn-appid-extension' },
  { path: ['appidExclude'], expected: 'true', fits: (value) => value === true, anchor: 'sctn-appid-exclude-extension' },
]

/** Extension results of another form than theirs. A secret is never shown. */
export function resultBugs(results: Readonly<Record<string, unknown>>): ProviderBug[] {
  return forms.flatMap(({ path, expected, fits, secret, anchor }) => {
    const value = path.reduce<unknown>((inner, name) => dictionary(inner)?.[name], results)
    if (value === undefined || fits(value)) return []
    const name = path.join('.')
    const actual = secret ? 'something else' : brief(value)
    return [
      { id: `result ${name}`, what: `The result ${name} has its form`, expected, actual, spec: `${level3}#${anchor}` },
    ]
  })
}
