import encodeQR from 'qr'
import type { RecoveryFile } from './recovery-file.ts'

/** A recovery file as a QR code, in rows of dark and light modules with a quiet margin. */
export function recoveryQr(file: RecoveryFile): boolean[][] {
  return encodeQR(JSON.stringify(file), 'raw', { ecc: 'low', border: 4 })
}
