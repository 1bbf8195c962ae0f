const kinds = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml']
const most = 40_000

/** A picture's file as a data: URL, or why it cannot be a logo. */
export async function readPicture(file: File): Promise<{ picture?: string; why?: string }> {
  if (!kinds.includes(file.type)) return { why: `“${file.name}” is not a PNG, JPEG, WebP or SVG picture.` }
  if (file.size > most) {
    const size = `${Math.ceil(file.size / 1_000).toLocaleString('en')} kB`
    return { why: `“${file.name}” has ${size}; a logo may have 40 kB. Make it smaller, 256 pixels are plenty.` }
  }
  if (file.size === 0) return { why: `“${file.name}” is empty.` }
  return { picture: await asDataUrl(file) }
}

function asDataUrl(file: File): Promise<string> {
  const reader = new FileReader()
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}
