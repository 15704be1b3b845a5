/** What helps an author before the proof: lint, the scaffold, the schema for editors. */
export { jsonSchema, schemaFile } from './json-schema.ts'
export { lintLab } from './lint-lab.ts'
export { listLesson, scaffold } from './scaffold.ts'
