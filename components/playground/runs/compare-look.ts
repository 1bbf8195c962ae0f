/** One line of a comparison: the member, then both; on a phone the member stands above them. */
export const line = 'grid grid-cols-2 gap-x-4 @2xl:grid-cols-[176px_minmax(0,1fr)_minmax(0,1fr)]'

/** The member's own cell. */
export const member = 'pt-1.5 font-normal text-soft wrap-anywhere @max-2xl:col-span-2 @2xl:py-1.5'

/** What differs. */
export const marked = 'bg-transparent font-semibold text-accent'
