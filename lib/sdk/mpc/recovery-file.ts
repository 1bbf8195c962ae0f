import { type HeldShare, type HeldShareJson, heldShareFromJson, heldShareToJson } from './held-share.ts'
import { MpcError } from './mpc-error.ts'

const format = 'webauthn-playground-mpc-share'

/**
 * The share of a party that the user keeps, as JSON to be stored offline. Whoever has it and one more share can sign, so it
 * belongs where the device does not.
 */
export interface RecoveryFile extends HeldShareJson {
  format: typeof format
  version: 1
  label: string
  environment: string
  createdAt: string
}

export function recoveryFileOf(held: HeldShare, of: { label: string; environment: string }): RecoveryFile {
  const { label, environment } = of
  return { format, version: 1, label, environment, createdAt: new Date().toISOString(), ...heldShareToJson(held) }
}

/**
 * Reads a recovery file: the object, or its text as from a file or a QR code.
 *
 * @throws MpcError recovery_file_invalid
 */
export function readRecoveryFile(file: RecoveryFile | string, keyId?: string): HeldShare {
  const refuse = (why: string, cause?: unknown) => new MpcError('recovery_file_invalid', why, { cause })
  let held: HeldShare
  try {
    const json = (typeof file === 'string' ? JSON.parse(file) : file) as RecoveryFile
    if (json.format !== format) throw new Error('Its format is another.')
    if (json.version !== 1) throw refuse(`The recovery file is of version ${json.version}, and version 1 is read here.`)
    held = heldShareFromJson(json)
  } catch (cause) {
    throw cause instanceof MpcError ? cause : refuse('This is not a recovery file.', cause)
  }
  if (keyId !== undefined && held.keyId !== keyId) throw refuse(`The recovery file is of the key ${held.keyId}.`)
  return held
}
