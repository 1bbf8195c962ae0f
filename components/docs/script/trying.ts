/** “Try it” of the reference: what it does is loaded when one is opened first. */
export function trying(): void {
  for (const place of document.querySelectorAll<HTMLDetailsElement>('[data-try]')) {
    place.addEventListener('toggle', async () => {
      if (!place.open || place.dataset.ready) return
      place.dataset.ready = 'yes'
      const { tryIt } = await import(document.querySelector<HTMLElement>('[data-try-script]')?.dataset.tryScript ?? '')
      tryIt(place)
    })
  }
}
