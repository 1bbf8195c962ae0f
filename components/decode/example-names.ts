/** The examples’ names, in their order: what stands on their buttons before their bytes have come. */
export const exampleNames = [
  ...['Registration', 'Authentication', 'Options', 'Attestation object', 'Authenticator data', 'Client data'],
  ...['Certificate', 'COSE key', 'JWK', 'Public key', 'JWT', 'CBOR', 'Cut off'],
]
