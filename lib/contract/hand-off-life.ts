/** How long a code can be taken: it stands on a screen that a whole room sees. */
export const handOffSeconds = 300
