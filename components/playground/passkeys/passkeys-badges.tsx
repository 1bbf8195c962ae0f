import type { Passkey } from '#lib/contract/passkeys.ts'
import { algorithmName } from '#lib/webauthn/algorithms.ts'
import { attestationWords } from '#lib/webauthn/attestation-words.ts'

/** What a passkey is, at a glance: where it lives, how it is reached, how it signs, what vouches for it. */
export function PasskeysBadges({ passkey }: { passkey: Passkey }) {
  const { deviceType, backedUp, algorithm, transports, attestation } = passkey
  const vouching = attestationWords(attestation)
  const synced = deviceType === 'multiDevice'
  return (
    <ul aria-label="Properties" className="mt-3 flex flex-wrap gap-1.5">
      <Badge
        note={synced ? 'It can be on several of the person’s devices.' : 'It cannot leave the device that made it.'}
      >
        {synced ? 'Synced' : 'Device-bound'}
      </Badge>
      <Badge note={backedUp ? 'A copy exists elsewhere.' : 'If the device is lost, the passkey is lost.'}>
        {backedUp ? 'Backed up' : 'Not backed up'}
      </Badge>
      <Badge note="The signature algorithm.">{algorithmName(algorithm)}</Badge>
      {transports.map((transport) => (
        <Badge key={transport} note={transportNotes[transport] ?? 'How the browser reaches the authenticator.'}>
          {transport}
        </Badge>
      ))}
      <Badge good={attestation.trusted} note={vouching.note}>
        {vouching.label}
      </Badge>
      {attestation.description ? (
        <Badge note="What FIDO’s metadata calls the model.">{attestation.description}</Badge>
      ) : null}
      {attestation.status.map((status) => (
        <Badge key={status} note="What FIDO’s metadata reported of the model when the passkey was registered.">
          {status}
        </Badge>
      ))}
    </ul>
  )
}

const transportNotes: Readonly<Record<string, string>> = {
  internal: 'Built into the device.',
  hybrid: 'A phone, reached by QR code and Bluetooth.',
  usb: 'Plugged in.',
  nfc: 'Held against the device.',
  ble: 'By Bluetooth.',
  'smart-card': 'A card in a reader.',
}

function Badge({ note, good = false, children }: { note: string; good?: boolean; children: React.ReactNode }) {
  return (
    <li
      title={note}
      className={`rounded-full px-2.5 py-0.5 text-[12.5px] ${good ? 'bg-ok-wash text-ok' : 'bg-sunk text-soft'}`}
    >
      {children}
    </li>
  )
}
