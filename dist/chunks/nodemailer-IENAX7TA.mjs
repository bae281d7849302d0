import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a,b,c,d}from"./chunk-LVK43KQC.mjs";import"./chunk-3SEU2BOY.mjs";import"./chunk-DMPNIYC3.mjs";export{b as createTestAccount,a as createTransport,d as default,c as getTestMessageUrl};
