/**
 * The TPM's names for its algorithms and curves.
 *
 * @see https://trustedcomputinggroup.org/resource/tpm-library-specification/ (Part 2, 6.3 and 6.4)
 */
export const tpmAlgorithms: Readonly<Record<number, string>> = {
  1: 'RSA',
  4: 'SHA-1',
  5: 'HMAC',
  6: 'AES',
  8: 'KEYEDHASH',
  10: 'XOR',
  11: 'SHA-256',
  12: 'SHA-384',
  13: 'SHA-512',
  16: 'NULL',
  18: 'SM3-256',
  19: 'SM4',
  20: 'RSASSA',
  21: 'RSAES',
  22: 'RSAPSS',
  23: 'OAEP',
  24: 'ECDSA',
  25: 'ECDH',
  26: 'ECDAA',
  27: 'SM2',
  28: 'ECSCHNORR',
  32: 'KDF1_SP800_56A',
  33: 'KDF2',
  34: 'KDF1_SP800_108',
  35: 'ECC',
  37: 'SYMCIPHER',
  39: 'SHA3-256',
  40: 'SHA3-384',
  41: 'SHA3-512',
  64: 'CTR',
  65: 'OFB',
  66: 'CBC',
  67: 'CFB',
  68: 'ECB',
}

export const tpmCurves: Readonly<Record<number, string>> = {
  1: 'P-192',
  2: 'P-224',
  3: 'P-256',
  4: 'P-384',
  5: 'P-521',
  16: 'BN P-256',
  17: 'BN P-638',
  32: 'SM2 P-256',
}

/** What a structure attests, by its tag. WebAuthn takes one alone. */
export const tpmAttestTypes: Readonly<Record<number, string>> = {
  32788: 'TPM_ST_ATTEST_NV',
  32789: 'TPM_ST_ATTEST_COMMAND_AUDIT',
  32790: 'TPM_ST_ATTEST_SESSION_AUDIT',
  32791: 'TPM_ST_ATTEST_CERTIFY',
  32792: 'TPM_ST_ATTEST_QUOTE',
  32793: 'TPM_ST_ATTEST_TIME',
  32794: 'TPM_ST_ATTEST_CREATION',
}

/** The bits of a key's attributes, least significant first; those without a name are reserved. */
export const tpmObjectAttributes: Readonly<Record<number, readonly [name: string, note: string]>> = {
  1: ['fixedTPM', 'the key never leaves its TPM'],
  2: ['stClear', 'what was saved of it is lost when the TPM starts anew'],
  4: ['fixedParent', 'it stays under the key that it was made under'],
  5: ['sensitiveDataOrigin', 'the TPM made the secret part itself'],
  6: ['userWithAuth', 'its password opens it'],
  7: ['adminWithPolicy', 'its policy must be met to manage it'],
  10: ['noDA', 'wrong guesses lock nothing'],
  11: ['encryptedDuplication', 'copies are encrypted'],
  16: ['restricted', 'it works on what the TPM made alone'],
  17: ['decrypt', 'it may decrypt'],
  18: ['sign', 'it may sign'],
  19: ['x509sign', 'it may sign certificates'],
}
