import type { CeremonyKind, WebAuthnOption } from '#lib/webauthn/options.ts'

/** Values that a hand can set in an option’s control: for tests of every option. */
export function settable({ kind, values = [], input }: WebAuthnOption, ceremony: CeremonyKind): unknown[] {
  const each = values.map(({ value }) => value)
  switch (kind) {
    case 'choice':
      return each
    case 'list':
    case 'algorithms':
      return [each, each.toReversed(), [each.at(-1)]]
    case 'milliseconds':
      return [1, 54_321, 3_600_000]
    case 'text':
      return ['localhost', 'wrong.example']
    case 'bytes':
      return ['AQ', 'AAECAwQFBgcICQoLDA0ODw']
    case 'credentials':
      return [
        'registered',
        'none',
        ['AAAA', { id: 'AQ', transports: ['usb', 'nfc'] }],
        { invented: { count: 2, length: 16, transports: ['internal'] } },
      ]
    case 'extension':
      return {
        flag: [true],
        choice: each,
        bytes: ['Ymxvcg'],
        text: ['https://example.com'],
        prf: ceremony === 'registration' ? [{}, { eval: { first: 'AQ', second: 'Ag' } }] : [{ eval: { first: 'AQ' } }],
        largeBlob: ceremony === 'registration' ? [{ support: 'required' }] : [{ read: true }, { write: 'AQ' }],
      }[input ?? 'flag']
  }
}
