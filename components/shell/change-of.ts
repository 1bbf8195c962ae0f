export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/**
 * Tells the page what somebody has made of a field that it has not heard of yet; undefined where that is nothing. React
 * hears of a change only where the field was otherwise before, by what React takes it to have been: so it is put back first.
 */
export function changeOf(field: Field): (() => void) | undefined {
  if (field instanceof HTMLSelectElement) {
    const { value } = field
    if (!field.selectedOptions[0] || field.selectedOptions[0].defaultSelected) return undefined
    return () => {
      field.value = value
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }
  }
  if (field.type === 'file') {
    return field.value ? () => field.dispatchEvent(new Event('change', { bubbles: true })) : undefined
  }
  if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)) {
    const { checked } = field
    // Of a group only the one that was chosen tells.
    if (checked === field.defaultChecked || (field.type === 'radio' && !checked)) return undefined
    return () => {
      field.checked = !checked
      field.click()
    }
  }
  const { value, selectionStart, selectionEnd } = field
  if (value === field.defaultValue) return undefined
  return () => {
    field.value = field.defaultValue
    // Past React, which keeps count of what is set on the field itself.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value)
    if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

/** Whether it is written letter by letter. */
export function isText(field: Field): boolean {
  return 'selectionStart' in field && field.selectionStart !== null
}
