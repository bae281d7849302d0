import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as o}from"./shared-runtime.mjs";import{setFlagsFromString as r}from"node:v8";function t(){r("--semi-space-growth-factor=1")}o(t,"keepMemorySmall");export{t as a};
