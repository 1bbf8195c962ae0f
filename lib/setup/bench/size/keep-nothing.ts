import { keeping } from '#lib/server/kept-answers.ts'

// Imported before a server: it makes every answer anew.

keeping.on = false
