import type { Locator } from '@playwright/test'
import decodeQR from 'qr/decode.js'

/** What a camera reads of what is on the screen there, in whichever colours and size it is. */
export async function scanned(code: Locator): Promise<string> {
  const picture = await code.screenshot({ type: 'png' })
  const { width, height, data } = await code.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const { width, height } = image
    const paper = new OffscreenCanvas(width, height).getContext('2d')
    paper?.drawImage(image, 0, 0)
    return { width, height, data: [...(paper?.getImageData(0, 0, width, height).data ?? [])] }
  }, picture.toString('base64'))
  return decodeQR({ width, height, data: Uint8Array.from(data) }, { timeLimit: 5_000 })
}
