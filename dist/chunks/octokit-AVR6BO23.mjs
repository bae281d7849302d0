import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a}from"./chunk-MRPUW63N.mjs";import"./chunk-IW2SJFJS.mjs";import"./chunk-AA4AS6QG.mjs";import"./chunk-MJ74S5HK.mjs";import"./chunk-GLNHH4CJ.mjs";export{a as connectGithub};
