import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * Makes a certificate for localhost that nobody vouches for, and its key, good for two days: files of a directory.
 *
 * @throws Error where openssl is not to be had
 */
export function selfSigned(directory: string): { certificate: string; key: string } {
  const [certificate, key] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')]
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const { status } = spawnSync('openssl', [...kind, ...names, '-keyout', key, '-out', certificate])
  if (status !== 0) throw new Error('openssl, which makes the certificate, is not on the path.')
  return { certificate, key }
}
