/** Lint: typed rules that find mistakes, and the boundaries between folders. Looks are prettier's business alone. */
import tseslint from 'typescript-eslint'
import { boundariesRule } from './infra/lint/boundaries.ts'

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/.astro/',
      '**/node_modules/',
      '.drydock*/',
      'labs/*/*/files/',
      'labs/*/*/solution/',
      '**/*.astro',
      '**/*.mdx',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { drydock: { rules: { boundaries: boundariesRule } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'drydock/boundaries': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // An async function without await keeps a promised interface; numbers in templates are plain to read.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Event handlers of JSX may be async; what they reject with is theirs to handle.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Our objects are made by functions; their methods need no `this` and are taken apart freely.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['sandbox-server/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['sandbox-server/src/**/*.ts'],
    ignores: ['sandbox-server/src/config.ts', '**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config.ts reads the environment.' },
      ],
      'no-restricted-imports': [
        'error',
        { name: 'node:process', importNames: ['env'], message: 'Only config.ts reads the environment.' },
      ],
    },
  },
)
