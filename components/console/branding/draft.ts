import type { BrandingUpdate, BrandingView } from '#lib/contract/console.ts'

/** What is in the form's fields; empty is “as the tenant”. */
export interface Draft {
  name: string
  color: string
  /** An https URL, a path on this server, or a data: URL of a picture that was just chosen. */
  logo: string
}

export function draftOf({ name, color, logoUrl }: BrandingView): Draft {
  return { name: name ?? '', color: color ?? '', logo: logoUrl ?? '' }
}

/** What differs from what is saved. */
export function changesOf(draft: Draft, saved: BrandingView): BrandingUpdate {
  const before = draftOf(saved)
  const after = { name: draft.name.trim(), color: draft.color.trim().toLowerCase(), logo: draft.logo.trim() }
  return {
    ...(after.name === before.name ? {} : { name: after.name || null }),
    ...(after.color === before.color ? {} : { color: after.color || null }),
    ...(after.logo === before.logo ? {} : { logo: after.logo || null }),
  }
}

/** A six-digit colour of what was typed, with or without its hash; undefined for anything else. */
export function colorOf(text: string): string | undefined {
  const [, digits] = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text.trim()) ?? []
  if (!digits) return undefined
  const six = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits
  return `#${six.toLowerCase()}`
}

/** What the draft would look like. */
export function shownOf(draft: Draft): BrandingView {
  return {
    name: draft.name.trim() || null,
    color: colorOf(draft.color) ?? null,
    logoUrl: isShowable(draft.logo) ? draft.logo : null,
  }
}

function isShowable(logo: string): boolean {
  return logo.startsWith('data:image/') || (logo.startsWith('/') && !logo.startsWith('//')) || isHttps(logo)
}

/** Whether it is a whole https URL. */
export function isHttps(text: string): boolean {
  return /^https:\/\/[^\s"'<>\\]+$/.test(text) && URL.canParse(text)
}
