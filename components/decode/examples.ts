/** A text to try: what it is, and how it is written. */
export interface Example {
  name: string
  text: string
}

const registration = {
  id: 'pqkiBD804KHuPH197LnCz71PuXUkicc_wKD8wIeGOF4',
  rawId: 'pqkiBD804KHuPH197LnCz71PuXUkicc_wKD8wIeGOF4',
  type: 'public-key',
  authenticatorAttachment: 'platform',
  response: {
    clientDataJSON:
      'eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWVc0Z1pYaGhiWEJzWmVLQW1YTWdZMmhoYkd4bGJtZGxMQ0F6TWlCaWVYUmxjdyIsIm9yaWdpbiI6Imh0dHBzOi8vZXhhbXBsZS5vcmciLCJjcm9zc09yaWdpbiI6ZmFsc2V9',
    attestationObject:
      'o2NmbXRmcGFja2VkZ2F0dFN0bXSiY2FsZyZjc2lnWEgwRgIhAKD3KFBeta_c7uRa6ktxJQ4uYcnmcHLXxs1S2zFse0fTAiEAn7inzM4ASuyVS2C0mJ-oeK_C5ENKK8sI1n89voUfW9toYXV0aERhdGFYpL-rw3QylYsGM2DTrWRhycRzWuf47dRlkqXg8BRSsuS1XQAAAACqqru7zMzd3e7u__8AABERACCmqSIEPzTgoe48fX3sucLPvU-5dSSJxz_AoPzAh4Y4XqUBAgMmIAEhWCA0R84ZAl3pvJN5czTkshGWBAMR4Eiq5IquT7-M_RrhYiJYIMhvO_BdpbugoTyZGax2cTp_ddLCQlj4ZN5bSKBKcwng',
    authenticatorData:
      'v6vDdDKViwYzYNOtZGHJxHNa5_jt1GWSpeDwFFKy5LVdAAAAAKqqu7vMzN3d7u7__wAAEREAIKapIgQ_NOCh7jx9fey5ws-9T7l1JInHP8Cg_MCHhjhepQECAyYgASFYIDRHzhkCXem8k3lzNOSyEZYEAxHgSKrkiq5Pv4z9GuFiIlggyG878F2lu6ChPJkZrHZxOn910sJCWPhk3ltIoEpzCeA',
    transports: ['internal', 'hybrid'],
    publicKeyAlgorithm: -7,
    publicKey:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENEfOGQJd6byTeXM05LIRlgQDEeBIquSKrk-_jP0a4WLIbzvwXaW7oKE8mRmsdnE6f3XSwkJY-GTeW0igSnMJ4A',
  },
  clientExtensionResults: {
    credProps: {
      rk: true,
    },
  },
}

const authentication = {
  id: 'pqkiBD804KHuPH197LnCz71PuXUkicc_wKD8wIeGOF4',
  rawId: 'pqkiBD804KHuPH197LnCz71PuXUkicc_wKD8wIeGOF4',
  type: 'public-key',
  authenticatorAttachment: 'platform',
  response: {
    clientDataJSON:
      'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWVc0Z1pYaGhiWEJzWmVLQW1YTWdZMmhoYkd4bGJtZGxMQ0F6TWlCaWVYUmxjdyIsIm9yaWdpbiI6Imh0dHBzOi8vZXhhbXBsZS5vcmciLCJjcm9zc09yaWdpbiI6ZmFsc2V9',
    authenticatorData: 'v6vDdDKViwYzYNOtZGHJxHNa5_jt1GWSpeDwFFKy5LUdAAAAAQ',
    signature: 'MEUCIElahyLH_wIizyE4tVaMN0TNZOoKMdsYH4S2aH3G89mFAiEAlUfLXyhZHwb-pn0ZNWpMzxnfvSYuHsB94W_bf--mNYo',
    userHandle: 'ZXhhbXBsZS11c2VyLWlk',
  },
  clientExtensionResults: {},
}

/** One of each kind, made for this page: no authenticator and nobody stands behind them. */
export const examples: readonly Example[] = [
  { name: 'Registration', text: JSON.stringify(registration, null, 2) },
  { name: 'Authentication', text: JSON.stringify(authentication, null, 2) },
  {
    name: 'Options',
    text: JSON.stringify(
      {
        rp: {
          id: 'example.org',
          name: 'Example',
        },
        user: {
          id: 'ZXhhbXBsZS11c2VyLWlk',
          name: 'ada',
          displayName: 'Ada',
        },
        challenge: 'YW4gZXhhbXBsZeKAmXMgY2hhbGxlbmdlLCAzMiBieXRlcw',
        pubKeyCredParams: [
          {
            type: 'public-key',
            alg: -7,
          },
          {
            type: 'public-key',
            alg: -257,
          },
        ],
        timeout: 120000,
        authenticatorSelection: {
          residentKey: 'required',
          userVerification: 'preferred',
        },
        attestation: 'direct',
        extensions: {
          credProps: true,
        },
      },
      null,
      2,
    ),
  },
  {
    name: 'Attestation object',
    text: 'o2NmbXRmcGFja2VkZ2F0dFN0bXSiY2FsZyZjc2lnWEgwRgIhAKD3KFBeta/c7uRa6ktxJQ4uYcnm\ncHLXxs1S2zFse0fTAiEAn7inzM4ASuyVS2C0mJ+oeK/C5ENKK8sI1n89voUfW9toYXV0aERhdGFY\npL+rw3QylYsGM2DTrWRhycRzWuf47dRlkqXg8BRSsuS1XQAAAACqqru7zMzd3e7u//8AABERACCm\nqSIEPzTgoe48fX3sucLPvU+5dSSJxz/AoPzAh4Y4XqUBAgMmIAEhWCA0R84ZAl3pvJN5czTkshGW\nBAMR4Eiq5IquT7+M/RrhYiJYIMhvO/BdpbugoTyZGax2cTp/ddLCQlj4ZN5bSKBKcwng',
  },
  {
    name: 'Authenticator data',
    text: 'bf ab c3 74 32 95 8b 06 33 60 d3 ad 64 61 c9 c4 73 5a e7 f8 ed d4 65 92 a5 e0 f0 14 52 b2 e4 b5 1d 00 00 00 01',
  },
  {
    name: 'Client data',
    text: '{"type":"webauthn.get","challenge":"YW4gZXhhbXBsZeKAmXMgY2hhbGxlbmdlLCAzMiBieXRlcw","origin":"https://example.org","crossOrigin":false}',
  },
  {
    name: 'Certificate',
    text: '-----BEGIN CERTIFICATE-----\nMIICVTCCAfugAwIBAgIUInMALoyH0IX0R4X6EWGOMKGgCukwCgYIKoZIzj0EAwIw\ncDELMAkGA1UEBhMCVVMxHzAdBgNVBAoMFkV4YW1wbGUgQXV0aGVudGljYXRvcnMx\nIjAgBgNVBAsMGUF1dGhlbnRpY2F0b3IgQXR0ZXN0YXRpb24xHDAaBgNVBAMME0V4\nYW1wbGUgQXR0ZXN0YXRpb24wHhcNMjYxMTI2MjMzNzA0WhcNMzYxMTIzMjMzNzA0\nWjBwMQswCQYDVQQGEwJVUzEfMB0GA1UECgwWRXhhbXBsZSBBdXRoZW50aWNhdG9y\nczEiMCAGA1UECwwZQXV0aGVudGljYXRvciBBdHRlc3RhdGlvbjEcMBoGA1UEAwwT\nRXhhbXBsZSBBdHRlc3RhdGlvbjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABP90\ncy5C6pQJlYrE+N+XBOsLFjJC8DHNAldYuHNYBYUqqpm35J6b7B/hiUIRFFFrqPm9\n1EqKQP6DJWfZ5XBIcLmjczBxMB0GA1UdDgQWBBT/gWCej8Oev+PTEbDyaXwTscHE\nwTAfBgNVHSMEGDAWgBT/gWCej8Oev+PTEbDyaXwTscHEwTAMBgNVHRMBAf8EAjAA\nMCEGCysGAQQBguUcAQEEBBIEEKqqu7vMzN3d7u7//wAAEREwCgYIKoZIzj0EAwID\nSAAwRQIhAOdbYMIYC6LScKLNodIbgcwsb5kbCkXQFWuLVBm+aq+ZAiAxjQR9Xn5T\nBY00/ql1cP0fscVSK2eU+qg+tnzYCP7ZbQ==\n-----END CERTIFICATE-----',
  },
  {
    name: 'COSE key',
    text: 'a50102032620012158203447ce19025de9bc93797334e4b21196040311e048aae48aae4fbf8cfd1ae162225820c86f3bf05da5bba0a13c9919ac76713a7f75d2c24258f864de5b48a04a7309e0',
  },
  {
    name: 'JWK',
    text: JSON.stringify(
      {
        kty: 'EC',
        crv: 'P-256',
        x: 'NEfOGQJd6byTeXM05LIRlgQDEeBIquSKrk-_jP0a4WI',
        y: 'yG878F2lu6ChPJkZrHZxOn910sJCWPhk3ltIoEpzCeA',
        alg: 'ES256',
      },
      null,
      2,
    ),
  },
  {
    name: 'Public key',
    text: '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENEfOGQJd6byTeXM05LIRlgQDEeBI\nquSKrk+/jP0a4WLIbzvwXaW7oKE8mRmsdnE6f3XSwkJY+GTeW0igSnMJ4A==\n-----END PUBLIC KEY-----',
  },
  {
    name: 'JWT',
    text: 'eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUifQ.eyJwcm92aWRlclRlbmFudElkIjoidG50X2V4YW1wbGUiLCJwcm92aWRlclRlbmFudE5hbWUiOiJBY21lIFdhbGxldCIsImlzcyI6Imh0dHBzOi8vZXhhbXBsZS5vcmciLCJzdWIiOiJ1c3JfZXhhbXBsZSIsImlhdCI6MTc5MDAwMDAwMCwiZXhwIjoxNzkwMDAzNjAwfQ.ofPrJ31Rpwi4KkuK7V9fxY4UB-ilVS1EK0j-g_QSdt2GgdjOPKjv88cp-twhzElsiWrAdlGj-yxCAdqEKPovoA',
  },
  { name: 'CBOR', text: '0xa30181684649444f5f325f310350aaaabbbbccccddddeeeeffff0000111104a262726bf5627576f5' },
  {
    name: 'Cut off',
    text: 'o2NmbXRmcGFja2VkZ2F0dFN0bXSiY2FsZyZjc2lnWEgwRgIhAKD3KFBeta_c7uRa6ktxJQ4uYcnmcHLXxs1S2zFse0fTAiEAn7inzM4ASuyVS2C0mJ-oeK_C5ENKK8sI1n89voUfW9toYXV0aERhdGFYpL-rw3QylYsGM2DTrWRhycRzWuf47dRlkqXg8BRSsuS1XQAA',
  },
]

/** What the examples’ responses were asked with. */
export const exampleAsked = {
  challenge: 'YW4gZXhhbXBsZeKAmXMgY2hhbGxlbmdlLCAzMiBieXRlcw',
  origin: 'https://example.org',
  rpId: 'example.org',
}
