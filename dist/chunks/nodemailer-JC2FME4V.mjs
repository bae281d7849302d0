import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a,b,c,d}from"./chunk-FUOVUZZ6.mjs";import"./chunk-BVXP2BQ5.mjs";import"./chunk-GLNHH4CJ.mjs";export{b as createTestAccount,a as createTransport,d as default,c as getTestMessageUrl};
