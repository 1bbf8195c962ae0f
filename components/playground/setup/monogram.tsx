'use client'

import { useState } from 'react'
import { colorOf, inkOn } from '#lib/contract/brand-colors.ts'

interface Props {
  name: string
  size?: string
  /** What the tenant chose; without it, a colour that is always the same for the same name. */
  color?: string | null | undefined
  logoUrl?: string | null | undefined
}

/** A tenant's mark: its logo, or its first letter on its colour. A logo that cannot be loaded gives way to the letter. */
export function Monogram({ name, size = 'size-10 rounded-[10px] text-[17px]', color, logoUrl }: Props) {
  const [broken, setBroken] = useState<string>()
  if (logoUrl && logoUrl !== broken)
    return (
      // biome-ignore lint/performance/noImgElement: a tenant's own picture, from an address that is not known beforehand
      <img
        src={logoUrl}
        alt=""
        referrerPolicy="no-referrer"
        ref={hearFailure}
        onError={() => setBroken(logoUrl)}
        className={`shrink-0 bg-[#fff] object-contain p-1 ${size}`}
      />
    )
  const shown = color || colorOf(name)
  return (
    <span
      aria-hidden="true"
      style={{ background: shown, color: inkOn(shown) }}
      className={`grid shrink-0 place-items-center font-semibold ${size}`}
    >
      {name.trim().charAt(0).toUpperCase()}
    </span>
  )
}

/** A picture that failed before the page was alive is asked for again, so that its failure is heard. */
function hearFailure(image: HTMLImageElement | null): void {
  if (image?.complete && !image.naturalWidth) image.setAttribute('src', image.src)
}
