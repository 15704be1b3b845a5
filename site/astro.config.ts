/** How the static site is built: Starlight for the frame, our own layout on top, lessons and labs as its content. */
import mdx from '@astrojs/mdx'
import preact from '@astrojs/preact'
import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import { lintContentFirst } from './src/build/lint-content.ts'
import { precompress } from './src/build/precompress.ts'
import { shellTransformer } from './src/content/shell-transformer.ts'

export default defineConfig({
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  vite: {
    build: { assetsInlineLimit: 0 },
    server: { proxy: { '/api': { target: 'http://127.0.0.1:4600', ws: true } } },
  },
  markdown: {
    shikiConfig: {
      themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
      defaultColor: false,
      transformers: [shellTransformer()],
    },
  },
  integrations: [
    lintContentFirst(),
    starlight({
      title: 'Drydock',
      description: 'Learn Docker by doing it for real, with an engine of your own beside the text.',
      favicon: '/favicon.svg',
      disable404Route: true,
      expressiveCode: false,
      credits: false,
      pagination: false,
      customCss: ['./src/styles/index.css'],
      components: {
        ContentPanel: './src/layout/ContentPanel.astro',
        Footer: './src/layout/Footer.astro',
        Head: './src/layout/Head.astro',
        Header: './src/layout/Header.astro',
        PageFrame: './src/layout/PageFrame.astro',
        PageTitle: './src/layout/PageTitle.astro',
        Search: './src/layout/Search.astro',
        ThemeProvider: './src/layout/ThemeProvider.astro',
        ThemeSelect: './src/layout/ThemeSelect.astro',
        TwoColumnContent: './src/layout/TwoColumnContent.astro',
      },
    }),
    // Without it Starlight would add its own, which turns code blocks into plain HTML before our CodeBlock sees them.
    mdx({ optimize: { ignoreElementNames: ['a', 'pre', 'table'] } }),
    preact(),
    precompress(),
  ],
})
