import { isOverloaded } from './certificate-parts.ts'
import { turn } from './second-opinion.ts'

/** A certificate as chains are followed over it, whoever reads it. */
export interface Link<Certificate> {
  certificate: Certificate
  fingerprint: string
  /** Issuer and subject are the same. */
  selfIssued: boolean
  ca: boolean
  /** How many CAs may stand between it and what it vouches for; absent: any number. */
  pathLength: number | undefined
  /** Milliseconds since 1970. */
  notBefore: number
  notAfter: number
  /** Names, key identifiers and key usage first: a signature is verified only where they fit. */
  isIssuedBy(issuer: Link<Certificate>): boolean | Promise<boolean>
}

/** Where a chain of certificates leads. */
export interface Way<Certificate> {
  /** The anchor that it leads to; absent where it leads to none. */
  anchor?: Certificate
  /** What was found that is worth nothing, in words that follow “expected a known root, got …”; absent where it is good. */
  fault?: string
}

const noRoot = 'certificates that lead to no known root'

/**
 * Follows certificates (DER, the signer's first, each signed by the next) to one of the anchors: an anchor is one of them, or
 * signed one of them. On the way every signature, period, CA flag and path length is checked; revocation lists are not fetched.
 *
 * It takes one step for each certificate, between which others have their turn, and reads none that has more in it than any
 * real one.
 *
 * @param now milliseconds since 1970
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-6.1
 */
export async function followChain<Certificate>(
  certificates: readonly Uint8Array[],
  anchors: readonly Link<Certificate>[],
  read: (der: Uint8Array) => Link<Certificate> | Promise<Link<Certificate>>,
  now: number,
): Promise<Way<Certificate>> {
  if (anchors.length === 0) return { fault: noRoot }
  let [issued, fault, between]: [Link<Certificate> | undefined, string | undefined, number] = [undefined, undefined, 0]
  try {
    for (const der of certificates) {
      if (isOverloaded(der)) return { fault: noRoot }
      const link = await read(der)
      if (issued) {
        await turn()
        if (!(await issued.isIssuedBy(link))) return { fault: noRoot }
        fault ??= issuerFault(link, between)
        if (!link.selfIssued) between += 1
      }
      fault ??= periodFault(link, now)
      const same = anchors.find(({ fingerprint }) => fingerprint === link.fingerprint)
      if (same) return wayTo(same, fault)
      for (const anchor of anchors) {
        if (!(await link.isIssuedBy(anchor))) continue
        return wayTo(anchor, fault ?? issuerFault(anchor, between) ?? periodFault(anchor, now))
      }
      issued = link
    }
  } catch {
    // Certificates that cannot be read lead nowhere.
  }
  return { fault: noRoot }
}

/** The best of several ways: a good one, or one that leads somewhere. */
export function bestWay<Some extends Way<unknown>>(ways: readonly Some[]): Some | undefined {
  return ways.find(({ anchor, fault }) => anchor && !fault) ?? ways.find(({ anchor }) => anchor) ?? ways[0]
}

function wayTo<Certificate>({ certificate }: Link<Certificate>, fault: string | undefined): Way<Certificate> {
  return { anchor: certificate, ...(fault ? { fault } : {}) }
}

function issuerFault({ ca, pathLength }: Link<unknown>, between: number): string | undefined {
  if (!ca) return 'certificates of which one is signed by one that is no CA'
  return pathLength !== undefined && between > pathLength
    ? 'certificates with more CAs between them than one of them allows'
    : undefined
}

/** Whether a certificate is out of its period, and how. */
function periodFault({ notBefore, notAfter }: Link<unknown>, now: number): string | undefined {
  if (now < notBefore) return 'certificates of which one is not valid yet'
  return now > notAfter ? 'certificates of which one has expired' : undefined
}
