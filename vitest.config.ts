import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These are run by `npm run test:long`.
    exclude: ['node_modules/**', 'test/**/*.long.test.ts'],
    globalSetup: ['test/cli/global-setup.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
export default config;
