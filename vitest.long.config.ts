import { defineConfig, type ViteUserConfig } from 'vitest/config';
import short from './vitest.config.ts';

/** `npm run test:long`: what would hold up `npm test`, which every change waits for. */
const config: ViteUserConfig = defineConfig({
  test: { ...short.test, include: ['test/**/*.long.test.ts'], exclude: ['node_modules/**'] },
});
export default config;
