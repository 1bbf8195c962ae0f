import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * Makes a certificate, for localhost unless told, that nobody vouches for, and its key, good for two days: files of a
 * directory.
 *
 * @throws Error where openssl is not to be had
 */
export function selfSigned(directory: string, names = ['localhost']): { certificate: string; key: string } {
  const [certificate, key] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')]
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const alternatives = names.map((name) => `DNS:${name}`).join(',')
  const subject = ['-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${alternatives}`]
  const { status } = spawnSync('openssl', [...kind, ...subject, '-keyout', key, '-out', certificate])
  if (status !== 0) throw new Error('openssl, which makes the certificate, is not on the path.')
  return { certificate, key }
}
