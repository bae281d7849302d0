import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as e}from"./shared-runtime.mjs";import{setFlagsFromString as o}from"node:v8";function t(){o("--semi-space-growth-factor=1"),o("--heap-growing-percent=20")}e(t,"keepMemorySmall");export{t as a};
