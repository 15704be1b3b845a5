/** What browser and server agree on. Imports zod and the kit's schema alone: it is compiled without Node and without the DOM. */
export * from './errors.ts'
export * from './files.ts'
export * from './health.ts'
export * from './labs.ts'
export * from './operator.ts'
export * from './preview.ts'
export * from './sessions.ts'
export * from './terminals.ts'
