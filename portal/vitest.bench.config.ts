import { defineConfig } from "vitest/config";

/** Not tests: they measure and print. */
export default defineConfig({
  test: {
    include: ["tests/elements/bench/*-bench.ts"],
    globalSetup: ["tests/elements/harness/global-setup.ts"],
    testTimeout: 600_000,
    maxWorkers: 1,
  },
});
