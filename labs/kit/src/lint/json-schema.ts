/** The schema of `lab.yaml` for editors, made from the one in zod. */
import { z } from 'zod'
import { manifest } from '../schema.ts'

/** Beside the labs: the first line of each `lab.yaml` may name it. */
export const schemaFile = 'lab.schema.json'

export function jsonSchema(): object {
  return { title: 'A lab of Drydock', ...z.toJSONSchema(manifest, { io: 'input' }) }
}
