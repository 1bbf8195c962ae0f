/** What a capability, an extension or a function means for a tester: when it is there, and when it is not. */
export interface CapabilityWords {
  yes: string
  no: string
}

/**
 * The capabilities that WebAuthn names, and those that browsers tell beside them.
 *
 * @see https://www.w3.org/TR/webauthn-3/#enum-clientCapability
 */
export const capabilityWords: Readonly<Record<string, CapabilityWords>> = {
  conditionalCreate: {
    yes: 'A passkey can be made without a dialogue, after a sign-in by password (mediation: conditional).',
    no: 'mediation: conditional is refused when a passkey is made; the dialogue is the only way.',
  },
  conditionalGet: {
    yes: 'Passkeys are offered in the username field (autofill).',
    no: 'Autofill waits for ever or is refused: offer a button.',
  },
  hybridTransport: {
    yes: 'A phone can be used by QR code.',
    no: 'No QR code is offered: only this device and keys in the hand.',
  },
  immediateGet: {
    yes: 'A sign-in can ask for passkeys that are here now, and end at once where there are none (uiMode: immediate).',
    no: 'Whether there is a passkey here is learned by the dialogue alone.',
  },
  passkeyPlatformAuthenticator: {
    yes: 'Passkeys can be made and used on this device, or on a phone by QR code.',
    no: 'A passkey needs a key in the hand.',
  },
  userVerifyingPlatformAuthenticator: {
    yes: 'This device checks a finger, a face or a PIN.',
    no: 'User verification “required” leaves this device out.',
  },
  relatedOrigins: {
    yes: 'Another domain’s RP ID works where its document of related origins lists this page.',
    no: 'An RP ID works on its own domain only, whatever its document says.',
  },
  signalAllAcceptedCredentials: {
    yes: 'A page can tell which passkeys the server still knows, so that the others are hidden or removed.',
    no: 'A passkey that was deleted on the server goes on being offered.',
  },
  signalCurrentUserDetails: {
    yes: 'A page can correct the name that stands beside a passkey.',
    no: 'A passkey keeps the username that it was made with.',
  },
  signalUnknownCredential: {
    yes: 'A page can tell that a passkey is unknown to the server, so that it is offered no more.',
    no: 'A passkey that the server does not know goes on being offered.',
  },
}

/**
 * Extensions that are registered or in use, by their identifiers.
 *
 * @see https://www.iana.org/assignments/webauthn/webauthn.xhtml
 */
export const extensionWords: Readonly<Record<string, CapabilityWords>> = {
  appid: { yes: 'Keys of U2F times sign in.', no: 'Keys that were registered by U2F are not found.' },
  appidExclude: {
    yes: 'A key of U2F times is not registered twice.',
    no: 'A key of U2F times can be registered anew.',
  },
  credBlob: {
    yes: 'A few bytes can be kept with a passkey, on a key that knows credBlob: 32 at least.',
    no: 'credBlob is passed over.',
  },
  credProps: {
    yes: 'The answer says whether a passkey is discoverable.',
    no: 'Whether it is discoverable is not said.',
  },
  credentialProtectionPolicy: {
    yes: 'A key can be asked to hide a passkey until the person is verified (credProtect).',
    no: 'credProtect is passed over, or refused where it is enforced.',
  },
  credProtect: {
    yes: 'A key can be asked to hide a passkey until the person is verified.',
    no: 'credProtect is passed over, or refused where it is enforced.',
  },
  enforceCredentialProtectionPolicy: {
    yes: 'A passkey can be refused rather than made without its protection.',
    no: 'Protection is a wish only.',
  },
  getCredBlob: { yes: 'What credBlob kept can be read.', no: 'What credBlob kept cannot be read.' },
  hmacCreateSecret: {
    yes: 'A secret of the authenticator can be asked for under its CTAP name.',
    no: 'Ask for prf: it is what pages get of hmac-secret.',
  },
  largeBlob: {
    yes: 'A small file can be kept with a passkey, where its authenticator can.',
    no: 'largeBlob is passed over, or refused where it is required.',
  },
  minPinLength: { yes: 'A key may tell how long its PIN is at least.', no: 'minPinLength is passed over.' },
  payment: { yes: 'Secure Payment Confirmation works.', no: 'Payments are not confirmed by passkeys.' },
  prf: {
    yes: 'A passkey can give a secret for encryption, where its authenticator can.',
    no: 'prf is passed over: nothing can be encrypted by a passkey.',
  },
  remoteClientDataJSON: {
    yes: 'A remote desktop can bring its own client data.',
    no: 'Client data is this browser’s own.',
  },
  supplementalPubKeys: {
    yes: 'A key of the device can stand beside a synced passkey’s.',
    no: 'A synced passkey has one key.',
  },
  uvm: { yes: 'The answer says how the person was verified.', no: 'How the person was verified is not said.' },
}

/** The words of something that this page has no words for. */
export const unnamed: CapabilityWords = {
  yes: 'The browser names it; this page does not know it.',
  no: 'The browser names it; this page does not know it.',
}
