import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{n as a}from"./shared-nodemailer-dist-esm-mime-funcs-mime-types.mjs";import"./shared-nodemailer-dist-esm-shared-index.mjs";import"./shared-stub-node-http.mjs";import"./shared-runtime.mjs";export{a as default};
