import type { NextConfig } from 'next'

const config: NextConfig = {
  // A production build, a dev server and a test server never share a folder: a build deletes what another serves.
  distDir: process.env.ANTIPODE_DIST_DIR ?? '.next',
  // One instance of the native module for all bundles of the server (a module is otherwise evaluated once a bundle).
  serverExternalPackages: ['@photostructure/sqlite', 'pino', 'esbuild'],
  outputFileTracingIncludes: { '/**': ['./node_modules/@photostructure/sqlite/prebuilds/linux-*/**'] },
  // Types are checked by `npm run check`, tests included; a start does not check them again.
  typescript: { ignoreBuildErrors: true },
  // Next 16.4.5 packs no route handler's answer: it hands the type on in a shape that its own compression does not see
  // (fixed in 16.4.6, vercel/next.js#98007). A type that stands there already is seen.
  headers: async () => [
    {
      source: '/api/:path((?!events|images/export|runs/[^/]+/script).*)',
      headers: [{ key: 'content-type', value: 'application/json; charset=utf-8' }],
    },
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `next dev` would write an AGENTS.md into the repository.
  agentRules: false,
  // Otherwise Next adds the types of every dist folder to tsconfig.json, by the name of whoever built last.
  // 20,000 picked images are 1.5 MB of ids.
  experimental: { strictRouteTypes: true, serverActions: { bodySizeLimit: '4mb' } },
}

export default config
