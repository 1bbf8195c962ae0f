import { type CborItem, decodeCbor } from './cbor.ts'
import { cborNode } from './cbor-node.ts'
import { count } from './count.ts'
import type { Decoded, DecodedNode } from './node.ts'
import { errorsOf } from './tree.ts'

/**
 * Reads any CBOR data item in CTAP2's canonical form. `value` is the item, for `diagnosticOf`, and is there whatever is
 * wrong with it: it holds what stands before that.
 *
 * @see https://fidoalliance.org/specs/fido-v2.1-ps-20210615/fido-client-to-authenticator-protocol-v2.1-ps-20210615.html#ctap2-canonical-cbor-encoding-form
 */
export function decodeCborTree(bytes: Uint8Array): Decoded<CborItem> {
  const { item, end } = decodeCbor(bytes)
  const node: DecodedNode = {
    ...cborNode('CBOR', item),
    spec: 'https://www.rfc-editor.org/rfc/rfc8949#section-3',
  }
  if (end < bytes.length) {
    node.range = [0, bytes.length]
    node.children = [
      ...(node.children ?? [{ ...cborNode(item.type, item) }]),
      {
        name: 'trailing bytes',
        range: [end, bytes.length],
        error: `${count(bytes.length - end, 'byte')} after the item`,
      },
    ]
  }
  return { node, value: item, errors: errorsOf(node) }
}
