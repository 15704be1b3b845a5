/** What a file that an instructor hands over may be called and hold. */

/** Characters; the contract's, said here so that its schemas are not sent to browsers. */
export const maxHandedText = 100_000

/** A name as the server takes it, from whatever the file is called. */
export const nameHanded = (name: string): string =>
  name
    .replaceAll(/[^\w.-]/g, '-')
    .replace(/^[^\w]+/, '')
    .slice(0, 100) || 'file'
