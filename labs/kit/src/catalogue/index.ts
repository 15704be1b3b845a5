/** Labs as they lie on the disk. Needs Node. */
export { loadCatalogue, type Catalogue } from './load-catalogue.ts'
export { loadLab, type Loaded } from './load-lab.ts'
export { scriptCommand, type Alternative, type Lab, type Mistake, type Problem, type Step } from './lab.ts'
export { parseManifest } from './manifest.ts'
export { chooseValues, environmentOf, showScript } from './values.ts'
