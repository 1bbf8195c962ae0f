import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { optionsOf } from '#lib/webauthn/options.ts'
import { choicesOf } from '../hand-off/handed-choices.ts'
import { optionsInShort } from '../runs/options-in-short.ts'
import { askedOf } from './asked-options.ts'
import { OptionField } from './controls/option-field.tsx'
import { ExtensionInputs } from './extensions/extension-inputs.tsx'
import { soundChoices } from './option-values.ts'
import { nearestPreset } from './presets.ts'

const word = { toString: 1 }
const odd = [
  ...[null, 7, 'x', [word], word, { eval: word }, { support: word }],
  ...[{ invented: { transports: 5 } }, { invented: { count: word, length: word, transports: word } }],
]

test.each(odd.map((value) => [JSON.stringify(value), value]))(
  'options that were handed over as %s are shown, each in its control',
  (_, value) => {
    for (const kind of ['registration', 'authentication'] as const)
      for (const option of optionsOf(kind)) {
        // Their control asks the page where it is.
        if (option.path === 'rp.id' || option.path === 'rpId') continue
        const given = option.path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value)
        const choices = choicesOf({ [kind]: { ...(given as object), unknown: value } })
        expect(nearestPreset(choices).changed).toBe(true)
        optionsInShort(kind, choices)
        askedOf(kind, soundChoices(choices))
        const props = { id: 'x', label: 'x', option, value: choices[kind][option.path], onChange: () => undefined }
        if (option.kind === 'extension')
          renderToString(createElement(ExtensionInputs, { ...props, registers: kind === 'registration' }))
        else renderToString(createElement(OptionField, { ...props, kind: option.kind }))
      }
  },
)
