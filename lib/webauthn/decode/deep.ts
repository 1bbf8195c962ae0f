/**
 * The decoders that take more code than the others: they read DER, or what stands inside of certificates and statements. A
 * page brings them in a chunk of their own, when there is something for them to read.
 */
export { decodeCertificate, type X509Certificate } from './x509/certificate.ts'
