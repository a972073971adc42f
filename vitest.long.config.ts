import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/long/**/*.test.ts'], maxWorkers: 2, testTimeout: 1_800_000, hookTimeout: 60_000 },
});
