/** What `webauthn.decode` knows of. */
export const structures = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'coseKey'] as const
export type Structure = (typeof structures)[number]
