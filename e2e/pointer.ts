import type { Locator, Page } from '@playwright/test'

/** What a drag is made with, the pointer being where it was last moved to. */
interface Pointer {
  move(x: number, y: number): Promise<void>
  down(): Promise<void>
  up(): Promise<void>
}

/** A finger on a page’s screen. */
export async function finger(page: Page): Promise<Pointer> {
  const session = await page.context().newCDPSession(page)
  let [point, down] = [{ x: 0, y: 0 }, false]
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: (typeof point)[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints }).then(() => undefined)
  return {
    move: (x, y) => {
      point = { x, y }
      return down ? touch('touchMove', point) : Promise.resolve()
    },
    down: () => {
      down = true
      return touch('touchStart', point)
    },
    up: () => touch('touchEnd'),
  }
}

/**
 * Drags something, through what is between, to where something else stands; each step is drawn before the next. The hand is
 * not quite still there: `held` is asked at either of two places.
 */
export async function drag(pointer: Pointer, from: Locator, to: Locator, held: () => Promise<void>): Promise<void> {
  await from.scrollIntoViewIfNeeded()
  const [one, other] = [await from.boundingBox(), await to.boundingBox()]
  if (!one || !other) throw new Error('There is nothing to drag.')
  const forward = other.y > one.y || (other.y === one.y && other.x > one.x)
  const start = { x: one.x + one.width / 2, y: one.y + one.height / 2 }
  const end = { x: other.x + other.width * (forward ? 0.8 : 0.2), y: other.y + other.height / 2 }
  const step = async (x: number, y: number) => {
    await pointer.move(x, y)
    await from.page().evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
  }
  await pointer.move(start.x, start.y)
  await pointer.down()
  for (let part = 0.125; part <= 1; part += 0.125)
    await step(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part)
  await held()
  await step(end.x + 1, end.y)
  await held()
  await pointer.up()
}
