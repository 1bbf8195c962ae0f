import { invisible, whyNoLength, whyNoShape } from './username-shape.ts'

// What people may be called, and what they call their things. The ideas are those of PRECIS: usernames are kept from
// looking alike though they differ (RFC 8265 §3.4), names for reading may be written as their language does (RFC 8266 §2).

// What Unicode calls ignorable; beside it the blank Braille pattern, a note without a head, fillers of Khitan and of objects.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}\u{16fe4}\ufffc]/u
const undefinedHere = /[\p{Co}\p{Cn}]/u

/** Why a text is no username for somebody new, or undefined: 1–64 code points, all of them seen, with single spaces at most. */
export function whyNoUsername(name: string): string | undefined {
  const known = whyNoKnownUsername(name)
  if (known) return known
  return /(?! )\p{Zs}| {2}/u.test(name) ? 'has white space that is no single space' : whyUnfit(name)
}

/** Why nobody can be registered by a username, or undefined. Names that were taken when more was allowed go on working. */
export function whyNoKnownUsername(name: string): string | undefined {
  return whyNoShape(name, withoutEmoji)
}

/**
 * Why a text is no name for people to read, or undefined: 1–64 code points, or 1 to as many as are told, joiners only where
 * they join.
 */
export function whyNoLabel(text: string, most?: number): string | undefined {
  return whyNoLength(text, most) ?? whyUnfit(withoutJoiners(text).replace(partOfCountry, seen))
}

/** A name for people to read, as it is kept: in NFC, with single plain spaces between its words. */
export function asLabel(text: string): string {
  return text
    .normalize('NFC')
    .trim()
    .replace(/\p{Zs}+/gu, ' ')
}

function whyUnfit(text: string): string | undefined {
  if (undefinedHere.test(text)) return 'contains a character that Unicode does not define'
  return unseen.test(text) && unseen.test(withoutEmoji(text)) ? invisible : undefined
}

/**
 * A text without the joiners that are in their place: ZWNJ between letters that would join or after a virama, ZWJ after a
 * virama. URLs have the same rule for their hosts, which is asked about the letters on both sides and nothing else.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5892#appendix-A.1
 * @see https://www.unicode.org/reports/tr46/#Validity_Criteria
 */
function withoutJoiners(text: string): string {
  // The joiner comes first, so that a text without any costs nothing.
  return text.replace(/[\u200c\u200d](?<=(\p{L}\p{M}*).)(?=(\p{M}*\p{L})?)/gu, (joiner, before, after = '') =>
    URL.canParse(`https://${before}${joiner}${after}`) ? '' : joiner,
  )
}

// Joiners and variation selectors belong into emoji as Unicode recommends them for interchange, and into no others. Tags,
// which tell a flag of a country's part from a black one, few platforms show: they are for reading only.
const chain = /\p{Emoji}[\ufe0f\p{Emoji_Modifier}]*(?:\u200d\p{Emoji}[\ufe0f\p{Emoji_Modifier}]*)+/gu
const joined = /^\p{RGI_Emoji_ZWJ_Sequence}$/v
const styled = /[\p{Emoji}--\p{Emoji_Presentation}--[0-9#*]]\ufe0f|[0-9#*]\ufe0f\u20e3/gv
const partOfCountry = /\p{RGI_Emoji_Tag_Sequence}/gv
// Stands for an emoji in what is looked at further: nothing makes an emoji with it.
const seen = 'x'

// Its thousand alternatives are compiled at its first uses: now, and not while a request waits.
for (const text of ['👨‍👩‍👧', '👨‍👩‍👧', 'x']) joined.test(text)

function withoutEmoji(text: string): string {
  return text.replace(chain, (whole) => (joined.test(whole) ? seen : whole)).replace(styled, seen)
}
