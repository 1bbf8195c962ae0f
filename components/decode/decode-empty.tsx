import { Empty } from '../ui/empty.tsx'

/** What will stand here, and what may be pasted; or why what was is not read. */
export function DecodeEmpty({ refused }: { refused: { title: string; why: string } | undefined }) {
  return (
    <div className="p-4 sm:p-5">
      {refused ? (
        <Empty title={refused.title}>{refused.why}</Empty>
      ) : (
        <Empty title="What it is, and every byte of it">
          Paste what a browser, a server or an authenticator gave you: a response or options as JSON, an attestation
          object, authenticator data, client data, a certificate, a COSE key, a JWT, or any CBOR. Hex, base64 and
          base64url are told apart, and what is broken is read up to where it breaks.
        </Empty>
      )}
      <p className="mt-3 text-center text-[13px] text-faint">
        It is read in this page alone: no key is needed, and nothing of it is sent anywhere.
      </p>
    </div>
  )
}
