import type { Circumstances } from './circumstances.ts'
import type { Words } from './failure-words.ts'

/**
 * Words for NotSupportedError. A request for a new credential names algorithms, and extensions that only `get` has are
 * refused there; one for an assertion names no algorithm, so that only its extensions can be what is not supported.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-largeBlob-extension
 * @see https://www.w3.org/TR/webauthn-3/#prf-extension
 */
export function notSupported(message: string, { kind, asked }: Circumstances): Words {
  const extensions = Object.keys(asked?.extensions ?? {})
  const blamed = extensions.some((name) => message.includes(name)) || /extension|evalByCredential/i.test(message)
  const help = [{ do: 'show-option', ceremony: kind, path: 'extensions' } as const]
  if (kind === 'authentication') {
    return {
      what: 'The browser does not support this request for a sign-in',
      why: `${extensions.length ? `It asks for ${extensions.join(', ')}.` : 'It asks for no extension, so the browser itself cannot do it.'} What a sign-in can ask and a browser refuse: largeBlob’s support, credProps and appidExclude are for registrations; largeBlob’s write needs exactly one allowed credential, and prf’s evalByCredential a list of them.`,
      todo: extensions.length
        ? 'Change Extensions or Allow credentials of the authentication; the original message may name the member.'
        : 'Try another browser; the original message may name what is missing.',
      ...(extensions.length ? { help } : {}),
    }
  }
  if (blamed) {
    return {
      what: 'The browser does not support these extensions in a registration',
      why: `It asks for ${extensions.join(', ') || 'an extension'}. appid, largeBlob’s read and write, and prf’s evalByCredential are for sign-ins.`,
      todo: 'Change Extensions of the registration; the original message may name the member.',
      help,
    }
  }
  return {
    what: 'The authenticator supports none of the algorithms asked for',
    why: 'pubKeyCredParams names only algorithms that it cannot sign with.',
    todo: 'Add ES256 (-7) to Algorithms: every authenticator knows it.',
    help: [{ do: 'set-option', ceremony: kind, path: 'pubKeyCredParams', value: undefined }],
  }
}
